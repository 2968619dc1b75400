"""Other people's programs on a release: the guides run as written, older clients, Apache Superset."""
