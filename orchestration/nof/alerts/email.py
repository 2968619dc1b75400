"""Sends a notice by e-mail. With smtplib and email of Python itself: no package adds to what they do here."""

import smtplib
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid

from nof.alerts.channel import NotDelivered, from_environment, innermost
from nof.alerts.notice import Notice, one_line
from nof.alerts.text import body, title
from nof.settings.alerts import EMAIL, Email

_MOST_OF_SUBJECT = 160
_NOT_TRUSTED = (
    "Check the host; where its certificate is of your organisation's own authority, name that in the "
    "environment variable SSL_CERT_FILE."
)


def message(notice: Notice, settings: Email) -> EmailMessage:
    """The message as it is sent: plain text, the next step first.

    A header cannot be added through a name in a file: a notice has no ends of lines, and EmailMessage
    refuses them.
    """
    made = EmailMessage()
    made["Subject"] = " ".join(one_line(title(notice), _MOST_OF_SUBJECT).split())
    made["From"] = settings.sender
    made["To"] = ", ".join(settings.recipients_for(notice.event))
    made["Date"] = format_datetime(datetime.now(UTC))
    made["Message-ID"] = make_msgid(domain=settings.sender.rpartition("@")[2])
    # So that no absence notice answers it.
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(body(notice))
    return made


@dataclass(frozen=True)
class EmailChannel:
    """The mail server of nof.toml.

    Attributes:
        settings: of the channel.
    """

    settings: Email

    @property
    def name(self) -> str:
        """There is one of them."""
        return EMAIL

    def takes(self, event: str) -> bool:
        """Whether nof.toml names the event, or no event at all."""
        return event == "test" or event in self.settings.on

    def send(self, notice: Notice) -> str:
        """Hand it to the mail server.

        Returns:
            The recipients that the server did not take, where it took others.

        Raises:
            NotDelivered: nobody gets it.
        """
        login = self._login()
        try:
            with self._connected() as server:
                if login:
                    server.login(*login)
                refused = server.send_message(message(notice, self.settings))
        except ssl.SSLError as error:
            raise NotDelivered(
                f"{self._server} does not prove who it is: {innermost(error)}. {_NOT_TRUSTED}",
                is_unreachable=True,
            ) from None
        except smtplib.SMTPAuthenticationError as error:
            raise NotDelivered(
                f"{self._server} refuses the login ({error.smtp_code}): check what {self.settings.user_from} "
                f"and {self.settings.password_from} hold.",
                is_unreachable=True,
            ) from None
        except smtplib.SMTPNotSupportedError:
            raise NotDelivered(
                f"{self._server} does not offer {'the login' if login else 'starttls'} that nof.toml asks "
                "for: ask those who run it which port and which security it takes.",
                is_unreachable=True,
            ) from None
        except smtplib.SMTPRecipientsRefused as error:
            raise NotDelivered(
                f"{self._server} takes none of the recipients: {_refusals(error.recipients)}. Correct "
                "recipients in nof.toml."
            ) from None
        except smtplib.SMTPResponseException as error:
            raise NotDelivered(
                f"{self._server} answers {error.smtp_code}: {_words(error.smtp_error)}. Ask those who run it."
            ) from None
        except (OSError, smtplib.SMTPException) as error:
            raise NotDelivered(
                f"{self._server} cannot be reached: {innermost(error)}. Check host and port.",
                is_unreachable=True,
            ) from None
        return f"not taken: {_refusals(refused)}. Correct recipients in nof.toml." if refused else ""

    @property
    def _server(self) -> str:
        return f"{self.settings.host}:{self.settings.port}"

    def _login(self) -> tuple[str, str] | None:
        if self.settings.user_from is None or self.settings.password_from is None:
            return None
        return (
            from_environment(self.settings.user_from, "the user of the mail server"),
            from_environment(self.settings.password_from, "the password of the mail server"),
        )

    def _connected(self) -> smtplib.SMTP:
        place = (self.settings.host, self.settings.port)
        seconds = self.settings.stall_seconds
        # Checks the certificate and the host's name; SSL_CERT_FILE names an authority of one's own.
        trusted = ssl.create_default_context()
        if self.settings.security == "tls":
            return smtplib.SMTP_SSL(*place, timeout=seconds, context=trusted)
        server = smtplib.SMTP(*place, timeout=seconds)
        if self.settings.security == "starttls":
            try:
                server.starttls(context=trusted)
            except BaseException:
                server.close()
                raise
        return server


def _refusals(recipients: dict[str, tuple[int, bytes]]) -> str:
    return ", ".join(f"{who} ({code})" for who, (code, _) in recipients.items())


def _words(said: bytes | str) -> str:
    return one_line(said.decode(errors="replace") if isinstance(said, bytes) else said, 120).rstrip(".")
