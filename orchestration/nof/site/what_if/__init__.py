"""What the page for what-if gives its script: the rules, the cells and the figures of a quarter, as data."""
