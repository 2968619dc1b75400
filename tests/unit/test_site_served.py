"""`nof site` and `nof serve`: a folder of one's own, and a look at a release over HTTP."""

import http.client
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness_session import Nof
from nof.errors import NofError
from nof.site.serve import serving


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "site" / "trust").mkdir(parents=True)
    (tmp_path / "site" / "index.html").write_text("<h1>England</h1>", encoding="utf-8")
    (tmp_path / "site" / "trust" / "XA1.html").write_text("<h1>XA1</h1>", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    return tmp_path / "site"


@pytest.fixture
def port(folder: Path) -> Iterator[int]:
    with serving(folder, host="127.0.0.1", port=0) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def asked(port: int, path: str) -> tuple[int, str, dict[str, str]]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, answer.read().decode(), dict(answer.getheaders())


def test_pages_are_served_with_the_policy_that_they_have(port: int) -> None:
    status, text, headers = asked(port, "/")
    assert (status, text) == (200, "<h1>England</h1>")
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'; ")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert asked(port, "/trust/XA1.html")[:2] == (200, "<h1>XA1</h1>")


@pytest.mark.parametrize(
    "path", ["/trust/", "/none.html", "/../secret.txt", "/%2e%2e/secret.txt", "//secret.txt"]
)
def test_nothing_but_files_of_the_site_is_served(port: int, path: str) -> None:
    status, text, _ = asked(port, path)
    assert status == 404
    assert "secret" not in text


def test_a_port_that_is_taken_is_told_with_what_to_do(port: int, folder: Path) -> None:
    with (
        pytest.raises(NofError, match=rf"Port {port} of 127.0.0.1 cannot be had .* with --port"),
        serving(folder, host="127.0.0.1", port=port),
    ):
        pass


def test_a_release_that_is_not_there_is_told(nof: Nof, bundled_release: Path, tmp_path: Path) -> None:
    home = bundled_release.parents[2]
    status, _, complaint = nof("site", tmp_path / "site", "--release", "0123", "--home", home)
    assert status == 2
    assert "There is no release '0123'" in complaint


def test_serve_shows_the_site_of_the_current_release_until_it_is_told_to_end(bundled_release: Path) -> None:
    home = bundled_release.parents[2]
    command = [sys.executable, "-m", "nof", "serve", "--home", str(home), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        port = int(line.split("/")[2].rpartition(":")[2])
        status, text, _ = asked(port, "/index.html")
        assert status == 200
        assert text == (bundled_release / "site" / "index.html").read_text(encoding="utf-8")
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0
        assert time.monotonic() - began < 5
        assert process.stdout.read() == "Ended.\n"
