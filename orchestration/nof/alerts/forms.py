"""The forms in which a web address takes a notice; nothing in a name or a cell is markup in any of them."""

from typing import Any

from nof.alerts.notice import Notice
from nof.alerts.text import body, facts, title


def as_json(notice: Notice) -> dict[str, Any]:
    """Plain fields, for a program; fields may be added, and none changes its meaning."""
    return {
        "event": notice.event,
        "headline": notice.headline,
        "next_step": notice.next_step,
        "details": list(notice.details),
        "where": notice.where,
        "home": notice.home,
        "quarter": notice.quarter,
        "release": notice.release,
    }


def as_slack(notice: Notice) -> dict[str, Any]:
    """A text, with what Slack takes for control signs escaped, and neither formatted nor unfolded."""
    text = f"{title(notice)}\n\n{body(notice)}"
    for sign, written in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        text = text.replace(sign, written)
    return {"text": text, "mrkdwn": False, "unfurl_links": False, "unfurl_media": False}


def as_teams(notice: Notice) -> dict[str, Any]:
    """An Adaptive Card as the workflow "Post to a channel when a webhook request is received" takes it.

    Text from files stands in runs (TextRun), where markdown is not read; in a TextBlock or a FactSet it is.
    """
    lines = [
        _run(title(notice), weight="Bolder", size="Medium"),
        _run("Do next: ", notice.next_step, weight="Bolder"),
        *(_run(each) for each in notice.details),
        *(_run(f"{name}: ", text, isSubtle=True) for name, text in facts(notice)),
    ]
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "fallbackText": title(notice),
        "body": lines,
        "msteams": {"width": "Full"},
    }
    attachment = {
        "contentType": "application/vnd.microsoft.card.adaptive",
        "contentUrl": None,
        "content": card,
    }
    return {"type": "message", "attachments": [attachment]}


def _run(first: str, second: str = "", **style: Any) -> dict[str, Any]:
    """A line of the card: the first part in its style, the rest plain."""
    inlines = [{"type": "TextRun", "text": first, **style}]
    if second:
        inlines.append({"type": "TextRun", "text": second})
    return {"type": "RichTextBlock", "inlines": inlines}


FORMS = {"json": as_json, "slack": as_slack, "teams": as_teams}
