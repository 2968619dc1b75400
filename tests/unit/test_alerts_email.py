"""E-mail alerts to a mail server on loopback: with TLS, with a login, and where it refuses or stalls."""

import email.message
import ssl
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from harness_mail import PASSWORD, USER, Authority, Mail, mail
from nof.alerts.channel import NotDelivered
from nof.alerts.email import EmailChannel, message
from nof.alerts.notice import Notice
from nof.settings.alerts import Email

NOTICE = Notice(
    event="late",
    headline="Late: 1 input, the newest of 2025-26-Q3.",
    next_step="Ask the head of performance analysis for the files below.",
    home="/srv/nof",
    quarter="2025-26-Q3",
    details=("Data file, acute trust: 2025-26-Q3 (9 days).",),
)
TO = "analysts@example.org"
# Of the server, where its TLS is not started by a command: that is how this one is asked to be.
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")


def settings(server: Mail, **more: Any) -> Email:
    given = {"host": "127.0.0.1", "port": server.port, "sender": "nof@example.org", "recipients": [TO]}
    return Email.model_validate(given | {"security": "none", "stall_seconds": 5} | more)


def refusal(server: Mail, **more: Any) -> str:
    """Why nobody gets the message; nothing may have come."""
    with pytest.raises(NotDelivered) as refused:
        EmailChannel(settings(server, **more)).send(NOTICE)
    assert server.messages == []
    return str(refused.value)


@pytest.fixture
def server() -> Iterator[Mail]:
    with mail() as made:
        yield made


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Authority:
    made = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(made.file))
    return made


@pytest.fixture
def login(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    monkeypatch.setenv("NOF_SMTP_USER", USER)
    monkeypatch.setenv("NOF_SMTP_PASSWORD", PASSWORD)
    return {"user_from": "NOF_SMTP_USER", "password_from": "NOF_SMTP_PASSWORD"}


def test_a_message_comes_as_it_is_written_with_the_next_step_first(server: Mail) -> None:
    assert EmailChannel(settings(server, recipients=[TO, "chief@example.org"])).send(NOTICE) == ""
    (got,) = server.messages
    assert server.envelopes == [("nof@example.org", [TO, "chief@example.org"])]
    assert got["Subject"] == "nof, late: Late: 1 input, the newest of 2025-26-Q3."
    assert (got["From"], got["To"]) == ("nof@example.org", f"{TO}, chief@example.org")
    assert got["Message-ID"].endswith("@example.org>")
    assert got["Auto-Submitted"] == "auto-generated"
    assert got["Date"].datetime.timestamp() == pytest.approx(time.time(), abs=60)
    assert got.get_content_type() == "text/plain"
    assert got.get_content().replace("\r\n", "\n") == (
        "Do next:\n"
        "  Ask the head of performance analysis for the files below.\n"
        "\n"
        "Late: 1 input, the newest of 2025-26-Q3.\n"
        "- Data file, acute trust: 2025-26-Q3 (9 days).\n"
        "\n"
        "Quarter: 2025-26-Q3\n"
        "Home: /srv/nof\n"
    )


def test_an_event_with_recipients_of_its_own_goes_to_them(server: Mail) -> None:
    chosen = settings(server, recipients_of={"failed": ["it@example.org"]}, on=["late", "failed"])
    channel = EmailChannel(chosen)
    channel.send(NOTICE)
    channel.send(Notice(event="failed", headline="h", next_step="n", home="/srv/nof"))
    assert [to for _, to in server.envelopes] == [[TO], ["it@example.org"]]
    assert [channel.takes(event) for event in ("late", "failed", "released", "test")] == [
        True,
        True,
        False,
        True,
    ]


def test_no_name_in_a_file_adds_a_header_or_a_recipient(server: Mail) -> None:
    evil = "x.csv\r\nBcc: all@example.org\r\n\r\n<script>alert(1)</script>"
    # Where a notice did not clean it, EmailMessage would refuse it.
    with pytest.raises(ValueError, match="linefeed or carriage return"):
        email.message.EmailMessage()["Subject"] = evil
    bad = Notice(event="refused", headline=evil, next_step=evil, home=evil, details=(evil,), where=evil)
    EmailChannel(settings(server)).send(bad)
    (got,) = server.messages
    assert "Bcc" not in got
    assert server.envelopes == [("nof@example.org", [TO])]
    # Folded before its first word; readers unfold it so.
    assert (
        got["Subject"].strip() == "nof, input refused: x.csv Bcc: all@example.org <script>alert(1)</script>"
    )
    assert got.get_content_type() == "text/plain"


def test_what_is_not_ascii_comes_as_it_is(server: Mail) -> None:
    named = Notice(event="refused", headline="Refused: Ynys Môn – ☃.csv", next_step="“n”", home="/srv/nof")
    EmailChannel(settings(server)).send(named)
    assert "Ynys Môn – ☃.csv" in server.messages[0]["Subject"]
    assert "“n”" in server.messages[0].get_content()


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_what_is_protected_is_sent_to_a_server_that_proves_who_it_is(
    security: Any, authority: Authority, login: dict[str, str]
) -> None:
    with mail(security=security, certificate=authority.server("127.0.0.1"), login=True) as server:
        EmailChannel(settings(server, security=security, **login)).send(NOTICE)
        assert len(server.messages) == 1
        assert server.was_protected == [True]


@pytest.mark.parametrize("security", ["starttls", "tls"])
@pytest.mark.parametrize("wrong", ["host", "authority"])
def test_a_server_that_does_not_prove_who_it_is_gets_nothing(
    security: Any, wrong: str, tmp_path: Path, authority: Authority, login: dict[str, str]
) -> None:
    (tmp_path / "other").mkdir()
    other = Authority(tmp_path / "other")
    shown = authority.server("mail.example.org") if wrong == "host" else other.server("127.0.0.1")
    with mail(security=security, certificate=shown, login=True) as server:
        said = refusal(server, security=security, **login)
    assert f"127.0.0.1:{server.port} does not prove who it is: SSLCertVerificationError (" in said
    reasons = {"host": "IP address mismatch", "authority": "unable to get local issuer certificate"}
    # A test's authorities share a name: a wrong one is found by its signature.
    assert reasons[wrong] in said or (wrong == "authority" and "certificate signature failure" in said)
    assert "SSL_CERT_FILE" in said


def test_a_server_without_starttls_gets_nothing(server: Mail) -> None:
    assert "does not offer starttls" in refusal(server, security="starttls")


def test_a_wrong_password_is_said_by_the_names_of_its_variables(
    authority: Authority, login: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NOF_SMTP_PASSWORD", "hunter2")
    with mail(security="starttls", certificate=authority.server("127.0.0.1"), login=True) as server:
        said = refusal(server, security="starttls", **login)
    assert "refuses the login (535): check what NOF_SMTP_USER and NOF_SMTP_PASSWORD hold." in said
    assert "hunter2" not in said


def test_a_password_that_is_not_set_is_said(
    server: Mail, login: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NOF_SMTP_PASSWORD")
    said = refusal(server, **login)
    assert said.startswith("the environment variable NOF_SMTP_PASSWORD, which is to hold the password")


def test_a_login_that_is_needed_and_not_given(authority: Authority) -> None:
    with mail(security="starttls", certificate=authority.server("127.0.0.1"), login=True) as server:
        assert "answers 530: 5.7.0 Authentication required" in refusal(server, security="starttls")


def test_a_recipient_that_is_not_known(server: Mail) -> None:
    server.answers[TO] = "550 No such mailbox"
    assert f"takes none of the recipients: {TO} (550). Correct recipients" in refusal(server)
    # Where others are taken, they get it, and it is said all the same.
    said = EmailChannel(settings(server, recipients=[TO, "chief@example.org"])).send(NOTICE)
    assert said == f"not taken: {TO} (550). Correct recipients in nof.toml."
    assert server.envelopes == [("nof@example.org", ["chief@example.org"])]


def test_a_server_that_stalls_is_given_up(server: Mail) -> None:
    server.stall_seconds = 3.0
    began = time.monotonic()
    said = refusal(server, stall_seconds=0.3)
    assert time.monotonic() - began < 2.0
    assert "cannot be reached: TimeoutError (timed out)" in said or "cannot be reached: TimeoutError" in said


def test_a_server_that_is_not_there() -> None:
    said = refusal(Mail(port=9))
    assert said == (
        "127.0.0.1:9 cannot be reached: ConnectionRefusedError (Connection refused). Check host and port."
    )


def test_the_default_context_checks_certificate_and_name() -> None:
    trusted = ssl.create_default_context()
    assert (trusted.check_hostname, trusted.verify_mode) == (True, ssl.CERT_REQUIRED)
    assert message(NOTICE, settings(Mail(port=9)))["Bcc"] is None
