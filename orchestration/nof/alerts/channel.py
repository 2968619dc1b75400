"""What a channel is: something with a name that is told some events, and that delivers or says why not."""

import os
from typing import Protocol

from nof.alerts.notice import Notice


class NotDelivered(Exception):
    """A message did not get there: why, and what to do, in one line and without any secret.

    Attributes:
        is_unreachable: no other message will get there now either.
    """

    def __init__(self, message: str, *, is_unreachable: bool = False) -> None:
        super().__init__(message)
        self.is_unreachable = is_unreachable


class Channel(Protocol):
    """One way to tell somebody."""

    @property
    def name(self) -> str:
        """What it is called in messages and in the ledger."""
        ...

    def takes(self, event: str) -> bool:
        """Whether it is told such an event; a test always is."""
        ...

    def send(self, notice: Notice) -> str:
        """Deliver one message.

        Returns:
            What is to be said although it was delivered; mostly nothing.

        Raises:
            NotDelivered: it did not get there.
        """
        ...


def from_environment(variable: str, what: str) -> str:
    """The value of an environment variable that holds a secret.

    Raises:
        NotDelivered: it is not set.
    """
    value = os.environ.get(variable, "").strip()
    if not value:
        raise NotDelivered(
            f"the environment variable {variable}, which is to hold {what}, is not set: set it for the "
            "account that runs nof.",
            is_unreachable=True,
        )
    return value


def innermost(error: BaseException) -> str:
    """The kind of the innermost reason, and the system's words for it; never an address."""
    while (inner := error.__cause__ or error.__context__) is not None:
        error = inner
    said = getattr(error, "verify_message", "") or (error.strerror if isinstance(error, OSError) else "")
    return f"{type(error).__name__} ({said})" if said else type(error).__name__
