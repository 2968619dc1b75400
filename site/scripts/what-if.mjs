// Filled in by the page for what-if.
