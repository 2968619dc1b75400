"""What nof.toml may say about fetching files, under [fetch]."""

import re
from pathlib import PurePosixPath
from typing import Annotated, Any
from urllib.parse import unquote, urlsplit

from pydantic import AfterValidator, Field, model_validator

from nof.errors import UsageRefused
from nof.quarters import quarter_id_of
from nof.settings.types import StrictSettings, web_address


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
