"""What takes any fault at all says why, and the fault is told in the end."""

import ast
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from harness_some import some
from harness_web import answer, web
from nof.alerts.notice import EACH_TIME, NEVER_AGAIN, Notice
from nof.alerts.send import tell
from nof.alerts.webhook import WebhookChannel
from nof.home import Home
from nof.settings.alerts import Alerts

PACKAGE = Path(__file__).resolve().parents[2] / "orchestration" / "nof"
HOOK = "/hook"
BROAD = {"Exception", "BaseException"}


def broad(text: str) -> list[tuple[int, bool]]:
    """The lines of a module that take any fault, and whether each says why or lets the fault go on."""
    lines = text.splitlines()
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ExceptHandler):
            line, caught = node.lineno, ast.unparse(node.type) if node.type else "BaseException"
            goes_on = isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "suppress":
            line, caught = node.lineno, ", ".join(ast.unparse(each) for each in node.args)
            goes_on = False
        else:
            continue
        if BROAD & set(caught.strip("()").split(", ")):
            found.append((line, goes_on or "  # " in lines[line - 1]))
    return found


def test_every_broad_except_says_why() -> None:
    found = [
        (f"{path.relative_to(PACKAGE)}, line {line}", says_why)
        for path in sorted(PACKAGE.rglob("*.py"))
        for line, says_why in broad(path.read_text(encoding="utf-8"))
    ]
    assert [place for place, says_why in some(found) if not says_why] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("try:\n  a()\nexcept Exception:\n  pass", [(3, False)]),
        ("try:\n  a()\nexcept:\n  pass", [(3, False)]),
        ("try:\n  a()\nexcept (OSError, Exception) as error:\n  pass", [(3, False)]),
        ("with suppress(Exception):\n  a()", [(1, False)]),
        ("with suppress(Exception):  # the caller asks again\n  a()", [(1, True)]),
        ("try:\n  a()\nexcept Exception:  # one of many\n  pass", [(3, True)]),
        ("try:\n  a()\nexcept BaseException:\n  close()\n  raise", [(3, True)]),
        ("try:\n  a()\nexcept BaseException:\n  raise ValueError from None", [(3, False)]),
        ("try:\n  a()\nexcept OSError:\n  pass", []),
        ("with suppress(OSError):\n  a()", []),
    ],
)
def test_a_broad_except_without_a_reason_is_found(text: str, found: list[tuple[int, bool]]) -> None:
    assert broad(text) == found


def test_a_channel_that_breaks_off_is_said_and_kept_and_the_others_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent, said = WebhookChannel.send, []

    def send(channel: WebhookChannel, notice: Notice) -> str:
        if channel.name == "team":
            raise ZeroDivisionError("nobody has thought of it")
        return sent(channel, notice)

    def new(key: str, again_days: int | None) -> Notice:
        return Notice(event="late", headline=key, next_step="n", home="h", keys=(key,), again_days=again_days)

    with web() as server:
        server.pages[HOOK] = [answer(200)]
        hooks = [{"name": name, "address": f"{server.address}{HOOK}"} for name in ("team", "chief")]
        alerts = Alerts.model_validate({"webhooks": hooks})
        monkeypatch.setattr(WebhookChannel, "send", send)
        done = tell(Home(tmp_path), alerts, [new("a", NEVER_AGAIN)], today=date(2026, 4, 9), say=said.append)
        assert {each.channel: each.is_delivered for each in done} == {"team": False, "chief": True}
        assert len(said) == 1
        assert said[0].startswith("Alert 'late' to team: it broke off: ZeroDivisionError. It waits in ")
        monkeypatch.undo()
        tell(Home(tmp_path), alerts, [new("b", EACH_TIME)], today=date(2026, 4, 9), say=said.append)
        headlines = [content["headline"] for _, content in server.posted]
    assert sorted(headlines) == ["a", "a", "b", "b"]


def test_what_could_not_be_loaded_meanwhile_is_said_by_the_gate(tmp_path: Path) -> None:
    package = tmp_path / "great_expectations"
    package.mkdir()
    (package / "__init__.py").write_text("raise RuntimeError('half installed')", encoding="utf-8")
    program = (
        f"import sys, threading; sys.path.insert(0, {str(tmp_path)!r})\n"
        "from nof.gates.validation import load_meanwhile, new_batch_definition\n"
        "load_meanwhile()\n"
        "[each.join() for each in threading.enumerate() if each is not threading.main_thread()]\n"
        "print('goes on', flush=True); new_batch_definition()\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "goes on\n")
    assert done.stderr.splitlines()[-1] == "RuntimeError: half installed"
