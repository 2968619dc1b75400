"""Sends a notice to a web address; the address is a secret and stands in no message and no log."""

import json
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import requests

from nof.alerts.channel import NotDelivered, from_environment, innermost
from nof.alerts.forms import FORMS
from nof.alerts.notice import Notice
from nof.settings.alerts import Webhook
from nof.settings.types import web_address

# Worth another attempt: the server is busy or broken for the moment.
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_LONGEST_WAIT_SECONDS = 15.0
# It logs the path of each request where somebody asks for everything, and the path is the secret.
logging.getLogger("urllib3.connectionpool").setLevel(logging.INFO)


class _Passing(Exception):
    """What may be otherwise at the next attempt."""

    def __init__(self, message: str, wait_seconds: float = 0.0) -> None:
        super().__init__(message)
        self.wait_seconds = wait_seconds


@dataclass(frozen=True)
class WebhookChannel:
    """A web address of nof.toml.

    Attributes:
        settings: of the channel.
        sleep: waits between attempts, seconds.
    """

    settings: Webhook
    sleep: Callable[[float], None] = time.sleep

    @property
    def name(self) -> str:
        """As nof.toml calls it."""
        return self.settings.name

    def takes(self, event: str) -> bool:
        """Whether nof.toml names the event, or no event at all."""
        return event == "test" or event in self.settings.on

    def send(self, notice: Notice) -> str:
        """Post it, again where trying again can help.

        Raises:
            NotDelivered: it did not get there.
        """
        address, content = self._address(), FORMS[self.settings.form](notice)
        wait_seconds, said = self.settings.wait_seconds, ""
        for attempt in range(1, self.settings.attempts + 1):
            try:
                self._post(address, content)
            except _Passing as passing:
                said = str(passing)
                if attempt < self.settings.attempts:
                    self.sleep(min(max(wait_seconds, passing.wait_seconds), _LONGEST_WAIT_SECONDS))
                    wait_seconds *= 2
            else:
                return ""
        raise NotDelivered(
            f"{said} ({self.settings.attempts} attempts); if it stays so, ask those who run that service.",
            is_unreachable=True,
        )

    def _address(self) -> str:
        if self.settings.address is not None:
            return self.settings.address.get_secret_value()
        variable = self.settings.address_from or ""
        try:
            return web_address(from_environment(variable, "the address"))
        except ValueError as wrong:
            raise NotDelivered(
                f"what the environment variable {variable} holds {wrong}.", is_unreachable=True
            ) from None

    def _post(self, address: str, content: dict[str, Any]) -> None:
        """One attempt. What the server says beside its status is not read: it may repeat the address."""
        try:
            with (
                requests.Session() as session,
                session.post(
                    address,
                    data=json.dumps(content, ensure_ascii=False).encode(),
                    headers={"User-Agent": "nof", "Content-Type": "application/json"},
                    timeout=self.settings.stall_seconds,
                    allow_redirects=False,
                    stream=True,
                ) as response,
            ):
                status, wait = response.status_code, response.headers.get("Retry-After", "")
        except requests.exceptions.SSLError as error:
            raise NotDelivered(
                f"the server does not prove who it is: {innermost(error)}. Check the address.",
                is_unreachable=True,
            ) from None
        except requests.exceptions.RequestException as error:
            raise _Passing(f"the server cannot be reached: {innermost(error)}") from None
        if status in _PASSING:
            raise _Passing(f"the server answers {status}", float(wait) if wait.isdecimal() else 0.0)
        if 300 <= status < 400:
            # Not followed: who gets the message is for nof.toml to say.
            raise NotDelivered(
                f"the server answers {status} and leads on elsewhere. Write the address where it ends.",
                is_unreachable=True,
            )
        if not 200 <= status < 300:
            raise NotDelivered(
                f"the server answers {status}: it does not take this message at this address. Make the "
                "webhook anew where it was made, or choose another form."
            )
