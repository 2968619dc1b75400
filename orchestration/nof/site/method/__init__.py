"""The method on the site: its rules with their numbers, and the pages of docs/methodology."""
