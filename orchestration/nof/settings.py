"""The settings of a home: `nof.toml` in its folder. Without the file every setting has its default."""

import re
import tomllib
from pathlib import Path, PurePosixPath
from typing import Annotated, Any
from urllib.parse import unquote, urlsplit

from pydantic import AfterValidator, Field, ValidationError, model_validator

from nof.alerts.settings import Alerts
from nof.engines.settings import EngineSettings
from nof.errors import UsageRefused
from nof.home import Home
from nof.quarters import quarter_id_of
from nof.settings_types import StrictSettings, web_address

FILE_NAME = "nof.toml"
# How many releases beside those that are never pruned a home keeps of each quarter and framework.
KEPT_BESIDE = 2
# Of the alerts a message shows only these: an address, or what stands in its place by mistake, is a secret.
_PAGES = {"alerts": "docs/runbooks/alerts.md", "engine": "docs/guides/engines.md"}
_SHOWN_OF_ALERTS = frozenset(
    {"on", "form", "port", "security", "repeat_late_days", "sign_off_days", "bundled"}
)


def _file_name(name: str) -> str:
    """A name that stays in its folder on every system, and that landing reads."""
    is_read = name.lower().endswith((".csv", ".xlsx", ".zip"))
    if not is_read or name.startswith(".") or set(name) & set('/\\:*?"<>|\0'):
        raise ValueError(
            "is no name of a data file: letters, digits, spaces, - and _, ending in .csv, .xlsx or .zip"
        )
    return name


def _sha256(text: str) -> str:
    if not re.fullmatch("[0-9a-f]{64}", text):
        raise ValueError("is no SHA-256: 64 digits and small letters from a to f")
    return text


def _quarter(text: str) -> str:
    try:
        return quarter_id_of(text)
    except UsageRefused as refused:
        raise ValueError(str(refused).removesuffix(".")) from None


class FetchedFile(StrictSettings):
    """One file to fetch.

    Attributes:
        quarter: the newest quarter that is in it.
        address: where it is published.
        name: what it is called in the inbox; by default the last part of the address.
        sha256: of its bytes, where the publisher gives it: another content is refused.
    """

    quarter: Annotated[str, AfterValidator(_quarter)]
    address: Annotated[str, AfterValidator(web_address)]
    name: Annotated[str, AfterValidator(_file_name)] = ""
    sha256: Annotated[str, AfterValidator(_sha256)] | None = None

    @model_validator(mode="before")
    @classmethod
    def _named(cls, values: Any) -> Any:
        if isinstance(values, dict) and "name" not in values and isinstance(values.get("address"), str):
            return values | {"name": PurePosixPath(unquote(urlsplit(values["address"]).path)).name}
        return values


class Fetch(StrictSettings):
    """How files are fetched.

    Attributes:
        files: what to fetch, quarter by quarter.
        other_hosts: hosts that an address may lead on to, beside its own.
        stall_seconds: how long to wait for the next byte.
        whole_seconds: how long one file may take.
        attempts: how often a file is tried before it is given up.
        wait_seconds: before the second attempt; twice as long before each one after.
        largest_bytes: of one file.
    """

    files: tuple[FetchedFile, ...] = ()
    other_hosts: frozenset[str] = frozenset()
    stall_seconds: Annotated[float, Field(gt=0)] = 30.0
    whole_seconds: Annotated[float, Field(gt=0)] = 600.0
    attempts: Annotated[int, Field(ge=1, le=10)] = 4
    wait_seconds: Annotated[float, Field(ge=0)] = 2.0
    largest_bytes: Annotated[int, Field(gt=0)] = 200_000_000

    @model_validator(mode="after")
    def _each_name_once(self) -> "Fetch":
        names = [each.name.casefold() for each in self.files]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"two files would be called {twice[0]}: give one of them another name")
        return self


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
