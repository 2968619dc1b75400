"""What the gates found over time: of all runs of a home, and in a release of those that made its line."""
