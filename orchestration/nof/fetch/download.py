"""One file from one address: tried again where that can help, refused where it is not what it should be."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import requests
from urllib3.exceptions import HTTPError

from nof.settings.fetch import Fetch

_MOST_REDIRECTS = 5
_CHUNK_BYTES = 65_536
# Worth another attempt: the server is busy or broken for the moment.
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_LONGEST_WAIT_SECONDS = 60
# What web servers call a file of each kind; an HTML page is never one.
_ANY_TYPES = frozenset({"application/octet-stream", "binary/octet-stream", "application/vnd.ms-excel", ""})
_TYPES = {
    ".csv": _ANY_TYPES | {"text/csv", "text/plain", "application/csv"},
    ".xlsx": _ANY_TYPES | {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    ".zip": _ANY_TYPES | {"application/zip", "application/x-zip-compressed"},
}


class DownloadFailed(Exception):
    """The file was not got: what happened, and what to do about it."""


class _Passing(Exception):
    """What may be otherwise at the next attempt."""

    def __init__(self, message: str, wait_seconds: float = 0.0) -> None:
        super().__init__(message)
        self.wait_seconds = wait_seconds


@dataclass(frozen=True)
class Download:
    """A file as it was got.

    Attributes:
        address: where it came from in the end, after redirects.
        is_unchanged: the server says that it is the file that was got before; nothing was written.
        byte_count: its size.
        sha256: of its bytes.
        validators: ETag and Last-Modified as the server gave them, to ask by next time.
    """

    address: str
    is_unchanged: bool = False
    byte_count: int = 0
    sha256: str = ""
    validators: Mapping[str, str] = field(default_factory=dict)


def download(
    address: str,
    target: Path,
    *,
    suffix: str,
    limits: Fetch,
    validators: Mapping[str, str],
    sleep: Callable[[float], None] = time.sleep,
) -> Download:
    """Get a file, from its first byte in each attempt, so that two states of it never mix.

    Args:
        address: of the file.
        target: where to write it; what is there already is overwritten.
        suffix: what it is to be: .csv, .xlsx or .zip.
        limits: time, size and attempts.
        validators: what the server said of the file that was got before; empty to get it in any case.
        sleep: waits between attempts, seconds.

    Raises:
        DownloadFailed: it was not got, or is not what it should be.
    """
    wait_seconds, said = limits.wait_seconds, ""
    for attempt in range(1, limits.attempts + 1):
        try:
            return _attempt(address, target, suffix, limits, validators)
        except _Passing as passing:
            said = str(passing)
            if attempt < limits.attempts:
                sleep(min(max(wait_seconds, passing.wait_seconds), _LONGEST_WAIT_SECONDS))
                wait_seconds *= 2
    raise DownloadFailed(
        f"{said} ({limits.attempts} attempts). Try again later; if it stays so, open the address in a "
        "browser and correct it in nof.toml."
    )


def _attempt(
    address: str, target: Path, suffix: str, limits: Fetch, validators: Mapping[str, str]
) -> Download:
    deadline = time.monotonic() + limits.whole_seconds
    with _opened(address, limits, _conditions(validators)) as response:
        if response.status_code == requests.codes.not_modified:
            return Download(response.url, is_unchanged=True, validators=validators)
        _judge_head(response, suffix, limits)
        digest, count = sha256(), 0
        with target.open("wb") as file:
            for chunk in _chunks(response, deadline, limits):
                if not count:
                    _judge_beginning(response.url, chunk)
                count += len(chunk)
                if count > limits.largest_bytes:
                    raise DownloadFailed(_too_large(response.url, limits))
                digest.update(chunk)
                file.write(chunk)
    if not count:
        raise _Passing(f"{response.url} is empty")
    kept = {name: response.headers[name] for name in ("ETag", "Last-Modified") if name in response.headers}
    return Download(response.url, byte_count=count, sha256=digest.hexdigest(), validators=kept)


@contextmanager
def _opened(address: str, limits: Fetch, conditions: dict[str, str]) -> Iterator[requests.Response]:
    """The answer at the end of the redirects, each of which is looked at before it is followed."""
    # Nothing is to be unpacked on the way: what is small when packed may be without end.
    headers = {"User-Agent": "nof", "Accept-Encoding": "identity"} | conditions
    hosts = limits.other_hosts | {urlsplit(address).hostname or ""}
    with requests.Session() as session:
        for _ in range(_MOST_REDIRECTS + 1):
            try:
                response = session.get(
                    address, headers=headers, timeout=limits.stall_seconds, stream=True, allow_redirects=False
                )
            except requests.exceptions.SSLError as error:
                raise DownloadFailed(
                    f"{address} does not prove who it is: {error}. Check the address."
                ) from None
            except requests.exceptions.RequestException as error:
                raise _Passing(f"{address} cannot be reached: {_reason(error)}") from None
            if not response.is_redirect:
                with response:
                    yield response
                return
            address = _redirected(address, response, hosts)
            response.close()
    raise DownloadFailed(
        f"{address} leads on more than {_MOST_REDIRECTS} times. Write where it ends in nof.toml."
    )


def _redirected(address: str, response: requests.Response, hosts: frozenset[str]) -> str:
    to = urljoin(address, response.headers["Location"])
    parts = urlsplit(to)
    if parts.scheme != "https" and urlsplit(address).scheme == "https":
        raise DownloadFailed(f"{address} leads on to {to}, which is not protected. Correct the address.")
    if parts.scheme not in {"http", "https"} or parts.hostname not in hosts:
        raise DownloadFailed(
            f"{address} leads on to {to}, another host. If that is right, name {parts.hostname} in "
            "fetch.other_hosts of nof.toml."
        )
    return to


def _judge_head(response: requests.Response, suffix: str, limits: Fetch) -> None:
    address, status = response.url, response.status_code
    if status in _PASSING:
        wait = response.headers.get("Retry-After", "")
        raise _Passing(
            f"{address} answers {status} {response.reason}", float(wait) if wait.isdigit() else 0.0
        )
    if status != requests.codes.ok:
        raise DownloadFailed(
            f"{address} answers {status} {response.reason}. Look up where the file is published now, and "
            "correct the address in nof.toml."
        )
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind not in _TYPES[suffix]:
        raise DownloadFailed(
            f"{address} is {kind}, not a {suffix} file: a page about the file, perhaps. Open it in a "
            "browser, and correct the address in nof.toml."
        )
    if response.headers.get("Content-Encoding", "identity") != "identity":
        raise DownloadFailed(f"{address} comes packed, which was not asked for. Fetch it by hand.")
    length = response.headers.get("Content-Length", "")
    if length.isdigit() and int(length) > limits.largest_bytes:
        raise DownloadFailed(_too_large(address, limits))


def _judge_beginning(address: str, chunk: bytes) -> None:
    beginning = chunk.lstrip(b"\xef\xbb\xbf \t\r\n")[:20]
    if beginning.startswith(b"<"):
        raise DownloadFailed(
            f"{address} is a page, whatever its name says: it begins with "
            f"{beginning.decode(errors='replace')!r}. Open it in a browser, and correct the address in "
            "nof.toml."
        )


def _chunks(response: requests.Response, deadline: float, limits: Fetch) -> Iterator[bytes]:
    """The bytes as they come: each piece at once, so that a trickle cannot outlast the deadline."""
    address = response.url
    while True:
        if time.monotonic() > deadline:
            raise _Passing(f"{address} did not come in {limits.whole_seconds:g} seconds")
        try:
            chunk = response.raw.read1(_CHUNK_BYTES, decode_content=False)
        except HTTPError as error:
            raise _Passing(f"{address} broke off: {_reason(error)}") from None
        if not chunk:
            return
        yield chunk


def _conditions(validators: Mapping[str, str]) -> dict[str, str]:
    asked = {"If-None-Match": "ETag", "If-Modified-Since": "Last-Modified"}
    return {header: validators[name] for header, name in asked.items() if name in validators}


def _too_large(address: str, limits: Fetch) -> str:
    return (
        f"{address} is larger than {limits.largest_bytes:,} bytes. Check that it is the file; if it is, "
        "raise fetch.largest_bytes in nof.toml."
    )


def _reason(error: BaseException) -> str:
    """The innermost reason, without the addresses of objects."""
    while (inner := error.__cause__ or error.__context__) is not None:
        error = inner
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
