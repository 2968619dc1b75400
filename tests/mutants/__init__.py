"""A mutation run: each rule is changed, one at a time, and some test of the project has to notice."""
