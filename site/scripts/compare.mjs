// Filled in by the page for comparing.
