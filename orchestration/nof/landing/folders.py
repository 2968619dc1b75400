"""Which folders a run lands from where nobody names one: the inbox of the home, where there is data in it."""

from pathlib import Path

from nof.home import Home
from nof.landing.inbox import holds_data


def folders_of(home: Home) -> tuple[Path, ...]:
    """The inbox that nof.toml names, `inbox` by default, where there is data in it; otherwise none.

    None stands on what is landed.

    Raises:
        UsageRefused: nof.toml says something that is no setting.
    """
    from nof.settings import inbox_of, read_settings  # noqa: PLC0415 - settings read the quarters of seeds

    inbox = inbox_of(home, read_settings(home))
    return (inbox,) if inbox.is_dir() and holds_data(inbox) else ()
