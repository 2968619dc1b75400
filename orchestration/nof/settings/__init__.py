"""The settings of a home: `nof.toml` in its folder. Without the file every setting has its default."""

import re
import tomllib
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, Field, ValidationError

from nof.errors import UsageRefused
from nof.home import Home
from nof.settings.alerts import Alerts
from nof.settings.engine import EngineSettings
from nof.settings.fetch import Fetch
from nof.settings.types import StrictSettings, web_address

FILE_NAME = "nof.toml"
# How many releases beside those that are never pruned a home keeps of each quarter and framework.
KEPT_BESIDE = 2
# Of the alerts a message shows only these: an address, or what stands in its place by mistake, is a secret.
_PAGES = {"alerts": "docs/runbooks/alerts.md", "engine": "docs/guides/engines.md"}
_SHOWN_OF_ALERTS = frozenset(
    {"on", "form", "port", "security", "repeat_late_days", "sign_off_days", "bundled"}
)


class SignOff(StrictSettings):
    """Who may sign a release off.

    Attributes:
        approver_roles: the roles that may finalise and withdraw; empty where nobody has said so, and then any
            role may.
    """

    approver_roles: tuple[str, ...] = ()


class Retention(StrictSettings):
    """What a prune leaves.

    Attributes:
        keep: releases of each quarter and framework beside those that are never pruned.
    """

    keep: Annotated[int, Field(ge=0)] = KEPT_BESIDE


class Settings(StrictSettings):
    """All settings of a home.

    Attributes:
        inbox: folder, within the home unless its path is a whole one, that fetched files are put into.
        pages_address: where people read the files of the home over the web, where somebody serves them.
        fetch: how files are fetched.
        sign_off: who may finalise and withdraw.
        retention: what a prune leaves.
        alerts: who is told what, and how; None where nobody is.
        engine: what makes the figures.
    """

    inbox: Annotated[str, Field(min_length=1)] = "inbox"
    pages_address: Annotated[str, AfterValidator(web_address)] | None = None
    fetch: Fetch = Fetch()
    sign_off: SignOff = SignOff()
    retention: Retention = Retention()
    alerts: Alerts | None = None
    engine: EngineSettings = EngineSettings()


def read_settings(home: Home) -> Settings:
    """The settings of a home.

    Raises:
        UsageRefused: the file cannot be read, or says something that is no setting.
    """
    path = home.root / FILE_NAME
    if not path.exists():
        return Settings()
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageRefused(f"{path} cannot be read: {error}. Correct it as TOML (https://toml.io).") from None
    try:
        return Settings.model_validate(content)
    except ValidationError as refused:
        raise UsageRefused("\n".join(_problem(path, each) for each in refused.errors())) from None


def inbox_of(home: Home, settings: Settings) -> Path:
    """The folder that files are put into for a home."""
    return home.root / settings.inbox


def _problem(path: Path, found: Any) -> str:
    loc = found["loc"]
    place = ".".join(str(part + 1) if isinstance(part, int) else part for part in loc)
    is_of_alerts = bool(loc) and loc[0] == "alerts"
    page = _PAGES.get(str(loc[0]) if loc else "", "docs/runbooks/new-quarter.md")
    if found["type"] == "extra_forbidden":
        return f"{path}, {place}: is no setting. Remove it, or see {page} for its name."
    said = found["msg"].removeprefix("Value error, ")
    is_shown = not (found["type"] == "missing" or isinstance(found["input"], dict))
    if is_of_alerts and not _SHOWN_OF_ALERTS.intersection(loc[-2:]):
        is_shown = False
    if loc == ("engine", "address"):
        is_shown = False
    value = f" {found['input']!r}" if is_shown else ""
    # A password that should not be there is not repeated where messages go.
    value = re.sub(r"//[^/@]*@", "//…@", value)
    return f"{path}, {place or 'whole file'}{value}: {said}. Correct the file."
