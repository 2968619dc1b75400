"""`nof fetch` against a server that behaves and misbehaves: what comes into the inbox, and what is said."""

import json
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from harness_home import land
from harness_session import Nof
from harness_web import CSV, Answer, Web, answer, cut, redirect, stall, trickle, web, with_validators
from nof.fetch import Fetched, fetch
from nof.fetch.fetch import FetchFailed
from nof.home import Home
from nof.settings import Settings, read_settings

QUARTER = "2025-26-Q3"
TEXT = b"Quarter,Value\r\nQ3 2025/26,1.0\r\n"
OTHER = TEXT.replace(b"1.0", b"2.0")
HTML = {"Content-Type": "text/html; charset=utf-8"}
ZIP = {"Content-Type": "application/zip"}
PAGE = b"\n<!DOCTYPE html><title>Not found</title>"


@pytest.fixture
def server() -> Iterator[Web]:
    with web() as made:
        yield made


@pytest.fixture
def home(tmp_path: Path) -> Home:
    (tmp_path / "home").mkdir()
    return Home(tmp_path / "home")


class Quarter:
    """A home whose nof.toml names files of the server for the third quarter."""

    def __init__(self, home: Home, server: Web) -> None:
        self.home, self.server = home, server
        self.waits: list[float] = []

    def names(self, *paths: str, **more: Any) -> Settings:
        files = [{"quarter": "Q3 2025/26", "address": f"{self.server.address}{path}"} for path in paths]
        return Settings.model_validate({"fetch": {"files": files, "attempts": 3, **more}})

    def fetch(self, *paths: str, **more: Any) -> list[Fetched]:
        return fetch(self.home, self.names(*paths, **more), QUARTER, sleep=self.waits.append)

    def inbox(self) -> dict[str, bytes]:
        folder = self.home.root / "inbox"
        return {path.name: path.read_bytes() for path in sorted(folder.iterdir())} if folder.exists() else {}

    def refusal(self, *paths: str, **more: Any) -> str:
        """What is said where it fails; nothing may be in the inbox then."""
        with pytest.raises(FetchFailed) as refused:
            self.fetch(*paths, **more)
        assert self.inbox() == {}
        assert not (self.home.root / "fetched.json").exists()
        return str(refused.value)


@pytest.fixture
def quarter(home: Home, server: Web) -> Quarter:
    return Quarter(home, server)


def test_files_come_into_the_inbox_as_they_are(quarter: Quarter) -> None:
    quarter.server.pages |= {"/a.csv": [answer(body=TEXT)], "/b%20c.csv?v=2": [answer(body=OTHER)]}
    found = quarter.fetch("/a.csv", "/b%20c.csv?v=2")
    assert quarter.inbox() == {"a.csv": TEXT, "b c.csv": OTHER}
    assert [(each.outcome, each.sha256) for each in found] == [
        ("new", sha256(TEXT).hexdigest()),
        ("new", sha256(OTHER).hexdigest()),
    ]
    assert quarter.waits == []


def test_workbooks_and_archives_of_source_publications_are_fetched_too(quarter: Quarter) -> None:
    book = {"Content-Type": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
    quarter.server.pages |= {
        "/a.xlsx": [answer(body=b"PK book", headers=book)],
        "/b.zip": [answer(body=b"PK archive", headers=ZIP)],
    }
    quarter.fetch("/a.xlsx", "/b.zip")
    assert quarter.inbox() == {"a.xlsx": b"PK book", "b.zip": b"PK archive"}


def test_what_is_as_before_is_not_fetched_again_nor_put_there_again(quarter: Quarter) -> None:
    quarter.server.pages["/a.csv"] = [with_validators(TEXT, '"one"')]
    quarter.fetch("/a.csv")
    (again,) = quarter.fetch("/a.csv")
    assert (again.outcome, again.byte_count) == ("as_before", len(TEXT))
    assert quarter.server.asked[1][1]["If-None-Match"] == '"one"'
    # Landed and taken out of the inbox: still in hand.
    (quarter.home.root / "inbox" / "a.csv").unlink()
    land(quarter.home, "a.csv", date(2026, 7, 1), TEXT.decode())
    (again,) = quarter.fetch("/a.csv")
    assert (again.outcome, quarter.inbox()) == ("as_before", {})


def test_what_a_killed_run_has_not_registered_is_not_in_hand(quarter: Quarter) -> None:
    quarter.server.pages["/a.csv"] = [with_validators(TEXT, '"one"')]
    quarter.fetch("/a.csv")
    (quarter.home.root / "inbox" / "a.csv").unlink()
    (quarter.home.landed / sha256(TEXT).hexdigest()).mkdir(parents=True)
    (again,) = quarter.fetch("/a.csv")
    assert (again.outcome, quarter.inbox()) == ("new", {"a.csv": TEXT})


def test_a_server_without_validators_is_compared_by_content(quarter: Quarter) -> None:
    quarter.server.pages["/a.csv"] = [answer(body=TEXT), answer(body=TEXT), answer(body=OTHER)]
    outcomes = [quarter.fetch("/a.csv")[0].outcome for _ in range(3)]
    assert outcomes == ["new", "as_before", "changed"]
    assert quarter.inbox() == {"a.csv": OTHER}


def test_what_was_lost_before_it_was_landed_is_fetched_again(quarter: Quarter) -> None:
    quarter.server.pages["/a.csv"] = [with_validators(TEXT, '"one"')]
    quarter.fetch("/a.csv")
    (quarter.home.root / "inbox" / "a.csv").unlink()
    (again,) = quarter.fetch("/a.csv")
    assert (again.outcome, quarter.inbox()) == ("new", {"a.csv": TEXT})


def test_a_restated_file_is_told_from_a_new_one(quarter: Quarter) -> None:
    quarter.server.pages["/a.csv"] = [with_validators(TEXT, '"one"'), with_validators(OTHER, '"two"')]
    quarter.fetch("/a.csv")
    (again,) = quarter.fetch("/a.csv")
    assert (again.outcome, quarter.inbox()) == ("changed", {"a.csv": OTHER})


@pytest.mark.parametrize(
    "first",
    [
        pytest.param(answer(500), id="500"),
        pytest.param(answer(503, headers={"Retry-After": "7"}), id="busy"),
        pytest.param(cut(TEXT), id="cut"),
        pytest.param(stall(TEXT, 1.0), id="stall"),
        pytest.param(answer(200, b""), id="empty"),
    ],
)
def test_what_passes_is_tried_again_from_the_first_byte(quarter: Quarter, first: Answer) -> None:
    # What comes the second time is another state of the file: the two must not mix.
    quarter.server.pages["/a.csv"] = [first, answer(body=OTHER)]
    quarter.fetch("/a.csv", stall_seconds=0.3, wait_seconds=0.5)
    assert quarter.inbox() == {"a.csv": OTHER}
    assert quarter.server.times("/a.csv") == 2
    assert quarter.waits in ([0.5], [7.0])


def test_a_busy_server_is_given_the_time_that_it_asks_for(quarter: Quarter) -> None:
    quarter.server.pages["/a.csv"] = [answer(429, headers={"Retry-After": "7"}), answer(body=TEXT)]
    quarter.fetch("/a.csv")
    assert quarter.waits == [7.0]


def test_it_waits_longer_before_each_attempt_and_gives_up_after_the_last(quarter: Quarter) -> None:
    quarter.server.pages["/a.csv"] = [answer(500)]
    said = quarter.refusal("/a.csv", attempts=4, wait_seconds=2.0)
    assert "answers 500" in said
    assert "(4 attempts). Try again later" in said
    assert quarter.server.times("/a.csv") == 4
    assert quarter.waits == [2.0, 4.0, 8.0]


REFUSED: dict[str, tuple[Answer, str]] = {
    "not found": (answer(404), "answers 404 Not Found. Look up where the file is published now"),
    "forbidden": (answer(403), "answers 403 Forbidden"),
    "a page": (
        answer(body=PAGE, headers={"Content-Type": "text/html; charset=utf-8"}),
        "is text/html, not a .csv file",
    ),
    "a page named csv": (answer(body=PAGE), "begins with '<!DOCTYPE html><titl'"),
    "a workbook": (
        answer(body=b"PK", headers={"Content-Type": "application/zip"}),
        "is application/zip, not a .csv file",
    ),
    "packed": (answer(body=TEXT, headers={**CSV, "Content-Encoding": "gzip"}), "comes packed"),
    "announced too large": (answer(body=TEXT * 100), "is larger than 1,000 bytes"),
    "endless": (trickle(b"x" * 100, 0.0), "is larger than 1,000 bytes"),
    "another host": (
        redirect("http://localhost.example/a.csv"),
        "name localhost.example in fetch.other_hosts",
    ),
    "another scheme": (redirect("file:///etc/passwd"), "leads on to file:///etc/passwd, another host"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_no_attempt_can_mend_is_refused_at_once(quarter: Quarter, case: str) -> None:
    quarter.server.pages["/a.csv"] = [REFUSED[case][0]]
    said = quarter.refusal("/a.csv", largest_bytes=1_000)
    assert said.startswith(f"a.csv: {quarter.server.address}/a.csv")
    assert REFUSED[case][1] in said
    assert quarter.server.times("/a.csv") == 1


def test_a_trickle_cannot_outlast_the_time_for_a_file(quarter: Quarter) -> None:
    quarter.server.pages["/a.csv"] = [trickle(b"x", 0.05)]
    said = quarter.refusal("/a.csv", whole_seconds=0.3, attempts=1)
    assert "did not come in 0.3 seconds (1 attempts)" in said


def test_a_server_that_is_not_there(quarter: Quarter) -> None:
    settings = Settings.model_validate(
        {"fetch": {"files": [{"quarter": QUARTER, "address": "http://127.0.0.1:9/a.csv"}], "attempts": 2}}
    )
    with pytest.raises(FetchFailed, match="cannot be reached: ConnectionRefusedError"):
        fetch(quarter.home, settings, QUARTER, sleep=quarter.waits.append)


def test_a_redirect_within_the_host_is_followed_and_a_circle_is_not(quarter: Quarter) -> None:
    quarter.server.pages |= {"/old.csv": [redirect("/new.csv")], "/new.csv": [answer(body=TEXT)]}
    (found,) = quarter.fetch("/old.csv")
    assert found.address == f"{quarter.server.address}/new.csv"
    assert quarter.inbox() == {"old.csv": TEXT}


def test_redirects_in_a_circle_end(quarter: Quarter) -> None:
    quarter.server.pages["/a.csv"] = [redirect("/a.csv")]
    assert "leads on more than 5 times" in quarter.refusal("/a.csv")


def test_one_file_that_fails_keeps_the_others_out_and_all_failures_are_told(quarter: Quarter) -> None:
    quarter.server.pages |= {"/a.csv": [answer(body=TEXT)], "/c.csv": [answer(body=PAGE)]}
    said = quarter.refusal("/a.csv", "/b.csv", "/c.csv")
    assert [line.partition(":")[0] for line in said.splitlines()] == ["b.csv", "c.csv"]


def test_a_hash_that_is_named_must_be_the_files(quarter: Quarter) -> None:
    quarter.server.pages["/a.csv"] = [answer(body=TEXT)]
    good, bad = sha256(TEXT).hexdigest(), "0" * 64
    file = {"quarter": QUARTER, "address": f"{quarter.server.address}/a.csv"}
    with pytest.raises(FetchFailed, match=f"has the SHA-256 {good}, and nof.toml says {bad}"):
        fetch(quarter.home, Settings.model_validate({"fetch": {"files": [{**file, "sha256": bad}]}}), QUARTER)
    fetch(quarter.home, Settings.model_validate({"fetch": {"files": [{**file, "sha256": good}]}}), QUARTER)
    assert quarter.inbox() == {"a.csv": TEXT}
    # Also where the server says that nothing has changed.
    quarter.server.pages["/a.csv"] = [answer(304)]
    with pytest.raises(FetchFailed, match=f"has the SHA-256 {good}, and nof.toml says {bad}"):
        fetch(quarter.home, Settings.model_validate({"fetch": {"files": [{**file, "sha256": bad}]}}), QUARTER)


def test_the_command_says_what_came_and_what_to_do_next(nof: Nof, quarter: Quarter) -> None:
    root = quarter.home.root
    quarter.server.pages["/a.csv"] = [with_validators(TEXT, '"one"')]
    address = f"{quarter.server.address}/a.csv"
    (root / "nof.toml").write_text(f'[[fetch.files]]\nquarter = "Q3 2025/26"\naddress = "{address}"\n')
    status, out, _ = nof("fetch", "2025-26-Q3", "--home", root)
    assert (status, quarter.inbox()) == (0, {"a.csv": TEXT})
    assert f"nof run --home {root} --landing {root / 'inbox'}" in out
    assert json.loads((root / "fetched.json").read_text())[address]["sha256"] == sha256(TEXT).hexdigest()
    status, out, _ = nof("fetch", "2025-26-Q3", "--home", root)
    assert (status, "Nothing new: nothing to land." in out) == (0, True)
    status, _, err = nof("fetch", "2025-26-Q4", "--home", root)
    assert (status, "names no file of 2025-26-Q4. It names files of 2025-26-Q3." in err) == (2, True)
    quarter.server.pages["/a.csv"] = [answer(404)]
    status, _, err = nof("fetch", "2025-26-Q3", "--home", root)
    assert (status, "answers 404" in err, "Nothing was put into the inbox." in err) == (1, True, True)
    (root / "fetched.json").write_text("[")
    status, _, err = nof("fetch", "2025-26-Q3", "--home", root)
    assert (status, "Remove it: every file is then fetched once more" in err) == (2, True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[fetch", "cannot be read"),
        ("inbx = 'x'", "inbx: is no setting"),
        ("[fetch]\nattempts = 0", "fetch.attempts 0: Input should be greater than or equal to 1"),
        ("[[fetch.files]]\naddress = 'https://h/a.csv'", "fetch.files.1.quarter: Field required"),
        ("[[fetch.files]]\nquarter = 'Q9'\naddress = 'https://h/a.csv'", "'Q9' is no quarter"),
        ("[[fetch.files]]\nquarter = 'Q3 2025/26'\naddress = 'http://h/a.csv'", "write https:"),
        ("[[fetch.files]]\nquarter = 'Q3 2025/26'\naddress = 'https://a:b@h/a.csv'", "holds a user"),
        ("[[fetch.files]]\nquarter = 'Q3 2025/26'\naddress = 'ftp://h/a.csv'", "is no address"),
        (
            "[[fetch.files]]\nquarter = 'Q3 2025/26'\naddress = 'https://h/a.txt'",
            "is no name of a data file",
        ),
        ("[[fetch.files]]\nquarter = 'Q3 2025/26'\naddress = 'https://h/..%2Fa.csv'", None),
        (
            "[[fetch.files]]\nquarter = 'Q3 2025/26'\naddress = 'https://h/a.csv'\nname = '../a.csv'",
            "is no name of a data file",
        ),
        (
            "[[fetch.files]]\nquarter = 'Q3 2025/26'\naddress = 'https://h/1/a.csv'\n"
            "[[fetch.files]]\nquarter = 'Q2 2025/26'\naddress = 'https://h/2/A.csv'",
            "two files would be called a.csv",
        ),
    ],
)
def test_settings_that_cannot_be_meant_are_refused_by_place(
    nof: Nof, home: Home, text: str, said: str | None
) -> None:
    (home.root / "nof.toml").write_text(text)
    if said is None:  # an encoded slash ends the folder: what is left stays in the inbox
        assert [each.name for each in read_settings(home).fetch.files] == ["a.csv"]
        return
    status, _, err = nof("fetch", "2025-26-Q3", "--home", home.root)
    assert (status, said in err, str(home.root / "nof.toml") in err) == (2, True, True), err
    assert not (home.root / "inbox").exists()
