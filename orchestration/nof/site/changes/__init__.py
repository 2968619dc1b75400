"""What changed: since the quarter before, since the release before, and what was revised; one module each."""
