"""What a page about one trust is filled with: what is read for it, the words for it, and its data file."""
