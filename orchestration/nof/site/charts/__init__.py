"""Charts as SVG: Vega-Lite specifications, drawn while the site is made, by Vega's own converter."""
