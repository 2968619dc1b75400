"""Part (e): a reader's queries on a release of forty quarters."""
