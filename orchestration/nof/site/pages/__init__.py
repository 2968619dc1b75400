"""The pages of the site: one module for each kind, each with `make(released)`, which gives its files one by one."""
