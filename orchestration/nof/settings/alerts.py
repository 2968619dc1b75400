"""The settings of alerts: `[alerts]` in nof.toml, with the channels and what each of them is told."""

from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, Field, SecretStr, model_validator

from nof.settings.types import ON_THIS_MACHINE, StrictSettings, web_address

Event = Literal["refused", "gate_refused", "failed", "late", "released"]
EVENTS: tuple[Event, ...] = get_args(Event)
EMAIL = "e-mail"


def _secret_address(address: SecretStr) -> SecretStr:
    web_address(address.get_secret_value())
    return address


# The name of an environment variable, so that an address written in its place is noticed.
_Variable = Annotated[str, Field(pattern="^[A-Za-z_][A-Za-z0-9_]*$")]


def _one_mailbox(text: str) -> str:
    if text.count("@") != 1 or set(text) & set('<>,;:"()[]\\'):
        raise ValueError("is not one e-mail address: write name@host")
    return text


# Plain ASCII without spaces, brackets or lists: one address, and nothing that a header could take for more.
_Mailbox = Annotated[str, Field(pattern=r"^[!-~]+@[!-~]+$"), AfterValidator(_one_mailbox)]
_Events = tuple[Event, ...]


class Webhook(StrictSettings):
    """A web address that takes messages.

    Attributes:
        name: what the channel is called in messages and in the ledger, as its address is a secret.
        form: of the message: json, plain fields; slack; teams, a card as a Teams workflow takes it.
        address: where to send to, unless address_from says.
        address_from: the environment variable that holds the address.
        on: the events that are told here; all of them unless it says.
        stall_seconds: how long to wait for an answer.
        attempts: how often a message is tried where trying again can help.
        wait_seconds: before the second attempt; twice as long before each one after.
    """

    name: Annotated[str, Field(pattern=r"^[\w][\w .-]{0,39}$")]
    form: Literal["json", "slack", "teams"] = "json"
    address: Annotated[SecretStr, AfterValidator(_secret_address)] | None = None
    address_from: _Variable | None = None
    on: _Events = EVENTS
    stall_seconds: Annotated[float, Field(gt=0, le=60)] = 10.0
    attempts: Annotated[int, Field(ge=1, le=5)] = 3
    wait_seconds: Annotated[float, Field(ge=0, le=30)] = 1.0

    @model_validator(mode="after")
    def _one_address(self) -> "Webhook":
        if (self.address is None) == (self.address_from is None):
            raise ValueError("give either address or address_from, the environment variable that holds it")
        return self


class Recipients(StrictSettings):
    """Who is told of one event instead of the recipients of all."""

    refused: tuple[_Mailbox, ...] = ()
    gate_refused: tuple[_Mailbox, ...] = ()
    failed: tuple[_Mailbox, ...] = ()
    late: tuple[_Mailbox, ...] = ()
    released: tuple[_Mailbox, ...] = ()


class Email(StrictSettings):
    """A mail server that takes messages, and for whom.

    Attributes:
        host: of the mail server.
        port: of the mail server.
        security: starttls; tls from the first byte; none, on this machine only.
        sender: the address that messages come from.
        recipients: who is told, of every event that has no recipients of its own.
        recipients_of: who is told of one event instead.
        on: the events that are told; all of them unless it says.
        user_from: the environment variable that holds the user; without it there is no login.
        password_from: the environment variable that holds the password.
        stall_seconds: how long to wait for each answer.
    """

    host: Annotated[str, Field(pattern=r"^[A-Za-z0-9.:_-]+$")]
    port: Annotated[int, Field(ge=1, le=65535)] = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    sender: _Mailbox
    recipients: tuple[_Mailbox, ...]
    recipients_of: Recipients = Recipients()
    on: _Events = EVENTS
    user_from: _Variable | None = None
    password_from: _Variable | None = None
    stall_seconds: Annotated[float, Field(gt=0, le=60)] = 15.0

    @model_validator(mode="after")
    def _protected(self) -> "Email":
        if self.security == "none" and self.host not in ON_THIS_MACHINE:
            raise ValueError(
                "security is none, so that anybody on the way can read and change messages: write starttls "
                "or tls, or send through a mail server on this machine"
            )
        if not self.recipients:
            raise ValueError("recipients names nobody: name at least one, or take the section away")
        if (self.user_from is None) != (self.password_from is None):
            raise ValueError("a login needs both user_from and password_from")
        return self

    def recipients_for(self, event: str) -> tuple[str, ...]:
        """Who is told of an event."""
        return getattr(self.recipients_of, event, ()) or self.recipients


class Alerts(StrictSettings):
    """Who is told what, and how.

    Attributes:
        webhooks: web addresses that are told.
        email: the mail server, and who is told through it.
        repeat_late_days: after how many days something that is still late is told again.
        sign_off_days: after how many days a release that nobody has signed off counts as late.
        bundled: whether runs on the bundled, invented nation are told too.
    """

    webhooks: tuple[Webhook, ...] = ()
    email: Email | None = None
    repeat_late_days: Annotated[int, Field(ge=1)] = 7
    sign_off_days: Annotated[int, Field(ge=0)] = 14
    bundled: bool = False

    @model_validator(mode="after")
    def _each_name_once(self) -> "Alerts":
        names = [each.name.casefold() for each in self.webhooks] + [EMAIL]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"two channels are called {twice[0]}: give one of them another name")
        return self
