"""The menu of the site, and what it is called."""

from nof.site.model import Step

SITE_NAME = "NHS Oversight Framework, recomputed"

MENU = (
    Step("England", "index.html"),
    Step("League tables", "league.html"),
    Step("Trusts", "trusts.html"),
    Step("Metrics", "metrics.html"),
    Step("Compare", "compare.html"),
    Step("What if", "what-if.html"),
    Step("What changed", "changes.html"),
    Step("Data quality", "quality.html"),
    Step("Method", "method.html"),
    Step("About", "about.html"),
)
