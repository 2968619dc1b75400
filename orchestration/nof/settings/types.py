"""What every part of the settings of a home is made of: models that take nothing unknown, web addresses."""

from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict

ON_THIS_MACHINE = frozenset({"127.0.0.1", "localhost", "::1"})


class StrictSettings(BaseModel):
    """Settings that refuse by name what is no setting, and that nothing changes once they are read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def web_address(address: str) -> str:
    """An address on the web that nobody on the way can change, without a user or a password in it.

    Raises:
        ValueError: what is wrong, without the address: it may be a secret.
    """
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("is no address on the web: write https://host/path")
    if parts.scheme == "http" and parts.hostname not in ON_THIS_MACHINE:
        raise ValueError("begins with http:, which anybody on the way can change: write https:")
    if parts.username or parts.password:
        raise ValueError("holds a user or a password, which do not belong into a file of settings")
    return address
