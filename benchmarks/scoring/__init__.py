"""The scoring alone: the project's SQL, and the same rules in pandas and in polars, at 1 to 1,000 times the nation."""
