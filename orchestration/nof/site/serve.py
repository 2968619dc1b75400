"""A web server for a site on this machine: to look at it, not to publish it."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from nof.errors import NofError
from nof.site.policy import CONTENT_SECURITY_POLICY

# The same policy as the pages themselves have, and what only a server can say.
HEADERS = {
    "Content-Security-Policy": f"{CONTENT_SECURITY_POLICY}; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


class _Handler(SimpleHTTPRequestHandler):
    """Files of the site and nothing else; quiet."""

    def end_headers(self) -> None:
        for name, value in HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def list_directory(self, path: Any) -> None:
        del path
        self.send_error(404, "File not found")

    def log_message(self, format: str, *args: Any) -> None:
        del format, args


@contextmanager
def serving(folder: Path, *, host: str, port: int) -> Iterator[ThreadingHTTPServer]:
    """A server that is bound and waits to be told `serve_forever`.

    Args:
        folder: the site.
        host: the address to listen on.
        port: the port; 0 for any that is free.

    Raises:
        NofError: the port cannot be had.
    """
    try:
        server = ThreadingHTTPServer((host, port), partial(_Handler, directory=str(folder)))
    except OSError as error:
        raise NofError(
            f"Port {port} of {host} cannot be had ({error.strerror}). Name another one with --port."
        ) from error
    with server:
        yield server
