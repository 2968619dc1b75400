"""A notice as plain text: the next step first, then what happened."""

from nof.alerts.notice import Notice

TITLES = {
    "refused": "input refused",
    "gate_refused": "gate refused",
    "failed": "run failed",
    "late": "late",
    "released": "released",
    "test": "test",
}


def title(notice: Notice) -> str:
    """One line that tells events apart in a list of messages."""
    return f"nof, {TITLES[notice.event]}: {notice.headline}"


def facts(notice: Notice) -> list[tuple[str, str]]:
    """Where it is, by name."""
    named = {
        "Where to look": notice.where,
        "Release": notice.release,
        "Quarter": notice.quarter,
        "Home": notice.home,
    }
    return [(name, text) for name, text in named.items() if text]


def body(notice: Notice) -> str:
    """All of it, line by line."""
    lines = ["Do next:", f"  {notice.next_step}", "", notice.headline]
    lines += [f"- {each}" for each in notice.details]
    lines += ["", *(f"{name}: {text}" for name, text in facts(notice))]
    return "\n".join(lines) + "\n"
