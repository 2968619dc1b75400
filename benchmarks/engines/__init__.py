"""The same build on each engine."""
