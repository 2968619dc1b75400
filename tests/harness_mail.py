"""A mail server on loopback (aiosmtpd), with TLS, a login, and the answers that a test tells it to give."""

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any, Literal

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD = "nof-sender", "correct horse battery staple"


@dataclass
class Mail:
    """The server.

    Attributes:
        port: on 127.0.0.1.
        messages: what it has taken, parsed, in order.
        envelopes: sender and recipients of each as the server was told them.
        was_protected: whether each came over TLS.
        answers: by recipient, what is said instead of taking it.
        stall_seconds: how long it waits with its answer to a message.
    """

    port: int
    messages: list[EmailMessage] = field(default_factory=list)
    envelopes: list[tuple[str, list[str]]] = field(default_factory=list)
    was_protected: list[bool] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    stall_seconds: float = 0.0

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        del server, session, options
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: Any, session: Any, envelope: Any
    ) -> str:
        del session
        await asyncio.sleep(self.stall_seconds)
        parsed = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(parsed, EmailMessage)
        self.messages.append(parsed)
        self.envelopes.append((envelope.mail_from, list(envelope.rcpt_tos)))
        self.was_protected.append(server.transport.get_extra_info("ssl_object") is not None)
        return "250 Taken"


@contextmanager
def mail(
    *,
    security: Literal["none", "starttls", "tls"] = "none",
    certificate: ssl.SSLContext | None = None,
    login: bool = False,
) -> Iterator[Mail]:
    """A server on a free port of this machine, as long as the block lasts."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        made = Mail(free.getsockname()[1])
    controller = Controller(
        made,
        hostname="127.0.0.1",
        port=made.port,
        ssl_context=certificate if security == "tls" else None,
        tls_context=certificate if security == "starttls" else None,
        require_starttls=security == "starttls",
        auth_required=login,
        auth_require_tls=security == "starttls",
        authenticator=_check if login else None,
    )
    controller.start()
    try:
        yield made
    finally:
        controller.stop()


def _check(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
    del server, session, envelope, mechanism
    is_right = isinstance(data, LoginPassword) and (data.login, data.password) == (
        USER.encode(),
        PASSWORD.encode(),
    )
    return AuthResult(success=is_right, handled=False)


class Authority:
    """An authority of its own that says who servers are; trusted by whom `file` is named to."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "An authority of a test")])
        made = self._builder(self._name, self._key).add_extension(
            x509.BasicConstraints(ca=True, path_length=None), critical=True
        )
        self.file = folder / "authority.pem"
        self.file.write_bytes(made.sign(self._key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))

    def server(self, *hosts: str) -> ssl.SSLContext:
        """What a server of these names or addresses shows."""
        key = ec.generate_private_key(ec.SECP256R1())
        names = [_named(each) for each in hosts]
        builder = self._builder(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, hosts[0])]), key)
        made = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
        path = self._folder / f"{hosts[0]}.pem"
        path.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
            + made.sign(self._key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context

    def _builder(self, subject: x509.Name, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
        now = datetime.now(UTC)
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=1))
        )


def _named(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)
