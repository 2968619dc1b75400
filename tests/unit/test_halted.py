"""What the machine does to a command, in words: what is in the way, what to do; a bug keeps its traceback."""

import errno
import os
import shutil
import signal
from pathlib import Path

import duckdb
import pytest

from nof import halted
from nof.errors import NofError, UsageRefused
from nof.halted import Halted, Stopped, in_words, said_in_words, stopped_by_signals


@pytest.mark.parametrize("number", halted._REMEDIES)
def test_an_error_of_the_system_says_where_what_and_what_to_do(number: int) -> None:
    error = OSError(number, os.strerror(number), "/some/place")
    said = str(in_words(error))
    assert said.startswith(f"/some/place: {os.strerror(number)}. ")
    assert said.endswith(".") and len(said.split(". ")) >= 2
    assert "No release was harmed" in Halted.consequence


def test_a_tree_that_was_not_copied_says_why() -> None:
    error = shutil.Error([("a", "b", "[Errno 28] No space left on device: 'b'")])
    assert str(in_words(error)).startswith("No space left on device. Make room on the disk")


@pytest.mark.parametrize(
    "error",
    [ValueError("a bug"), KeyError("a bug"), FileExistsError(errno.EEXIST, "there"), AssertionError()],
)
def test_a_fault_of_the_program_is_left_as_it_is(error: Exception) -> None:
    assert in_words(error) is None
    with pytest.raises(type(error)), said_in_words():
        raise error


def test_what_was_refused_stays_as_it_was_said() -> None:
    with pytest.raises(UsageRefused, match="this way"), said_in_words():
        raise UsageRefused("Not this way.")


def test_a_file_that_is_no_database_is_said(tmp_path: Path) -> None:
    (tmp_path / "harmed.duckdb").write_bytes(b"\0" * 20_000)
    with pytest.raises(Halted, match="run again, it is made anew"), said_in_words():
        duckdb.connect(tmp_path / "harmed.duckdb")


def test_a_statement_that_is_wrong_is_a_bug() -> None:
    with pytest.raises(duckdb.ParserException), said_in_words(), duckdb.connect() as connection:
        connection.execute("selec 1")


def test_a_signal_ends_what_is_at_work_and_the_old_handlers_come_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(halted, "_told_to_stop", [])
    before = signal.getsignal(signal.SIGTERM)
    with (
        pytest.raises(NofError, match=r"Stopped by a request to end \(SIGTERM\)"),
        said_in_words(),
        stopped_by_signals(),
    ):
        os.kill(os.getpid(), signal.SIGTERM)
        signal.pause()
    assert signal.getsignal(signal.SIGTERM) is before


def test_a_library_that_makes_an_error_of_its_own_of_a_signal_does_not_hide_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """DuckDB says `RuntimeError: Query interrupted`."""
    monkeypatch.setattr(halted, "_told_to_stop", [])
    with pytest.raises(Halted, match="Stopped by Ctrl-C"), said_in_words(), stopped_by_signals():
        try:
            os.kill(os.getpid(), signal.SIGINT)
            signal.pause()
        except Stopped:
            raise RuntimeError("Query interrupted") from None
