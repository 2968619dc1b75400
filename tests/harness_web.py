"""A web server on loopback that behaves, or misbehaves, as a test tells it: one answer after the other."""

import json
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[[BaseHTTPRequestHandler], None]
CSV = {"Content-Type": "text/csv"}


def answer(status: int = 200, body: bytes = b"", headers: Mapping[str, str] = CSV) -> Answer:
    """A whole answer with its length."""

    def say(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(body)

    return say


def with_validators(body: bytes, tag: str) -> Answer:
    """The file, or 304 to who has it already."""

    def say(request: BaseHTTPRequestHandler) -> None:
        if request.headers.get("If-None-Match") == tag:
            answer(304, headers={"ETag": tag})(request)
        else:
            answer(200, body, {**CSV, "ETag": tag})(request)

    return say


def redirect(to: str) -> Answer:
    """On to another address."""
    return answer(302, headers={"Location": to})


def cut(body: bytes) -> Answer:
    """Half of what was announced, and the line goes dead."""

    def say(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Length", str(2 * len(body)))
        request.end_headers()
        request.wfile.write(body)
        request.wfile.flush()
        request.connection.shutdown(socket.SHUT_RDWR)

    return say


def stall(body: bytes, seconds: float) -> Answer:
    """A beginning, and then nothing."""

    def say(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Length", str(len(body) + 1))
        request.end_headers()
        request.wfile.write(body)
        request.wfile.flush()
        time.sleep(seconds)

    return say


def trickle(piece: bytes, pause_seconds: float, *, most: int = 10_000) -> Answer:
    """A body without an announced length that comes piece by piece, and as good as never ends."""

    def say(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Type", "text/csv")
        request.end_headers()
        try:
            for _ in range(most):
                request.wfile.write(piece)
                request.wfile.flush()
                time.sleep(pause_seconds)
        except OSError:
            return  # who asked has hung up

    return say


@dataclass
class Web:
    """The server.

    Attributes:
        address: of its root, without a slash at the end.
        pages: by path, the answers in turn; the last one stays.
        asked: path and headers of every request, in order.
        posted: path and content of every message that was sent to it, in order.
    """

    address: str
    pages: dict[str, list[Answer]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    posted: list[tuple[str, Any]] = field(default_factory=list)

    def times(self, path: str) -> int:
        """How often a path was asked for."""
        return sum(1 for asked, _ in self.asked if asked == path)


@contextmanager
def web(tls: ssl.SSLContext | None = None) -> Iterator[Web]:
    """A server on a free port of this machine, as long as the block lasts; with `tls` by https."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.asked.append((self.path, dict(self.headers)))
            answers = made.pages.get(self.path, [answer(404)])
            say = answers.pop(0) if len(answers) > 1 else answers[0]
            try:
                say(self)
            except (BrokenPipeError, ConnectionResetError):
                return

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", "0"))
            made.posted.append((self.path, json.loads(self.rfile.read(length))))
            self.do_GET()

        def log_message(self, format: str, *args: object) -> None:
            del format, args

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    made = Web(f"{'https' if tls else 'http'}://127.0.0.1:{server.server_address[1]}")
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
