"""The scoring alone: the project's SQL, and the same rules in pandas and polars."""
