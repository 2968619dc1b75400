"""What is told once, told again and kept for the next time; and that no channel is in the way of a run."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from harness_mail import Mail, mail
from harness_web import Web, answer, web
from nof.alerts import tell_error, tell_late, tell_outcome, telling_errors
from nof.alerts.notice import EACH_TIME, NEVER_AGAIN, ONCE_A_DAY, Notice
from nof.alerts.send import Delivery, send_test, tell
from nof.errors import BuildFailed, HomeBusy, InputRefused, Problem, UsageRefused
from nof.home import Home
from nof.run import Outcome
from nof.settings.alerts import EVENTS, Alerts

DAY = date(2026, 4, 9)
HOOK = "/hook"


@pytest.fixture
def server() -> Iterator[Web]:
    with web() as made:
        made.pages[HOOK] = [answer(200)]
        yield made


@pytest.fixture
def home(tmp_path: Path) -> Home:
    (tmp_path / "home").mkdir()
    return Home(tmp_path / "home")


def notice(*keys: str, again_days: int | None = EACH_TIME, event: str = "late", text: str = "h") -> Notice:
    return Notice(
        event=event, headline=text, next_step="n", home="/srv/nof", keys=keys, again_days=again_days
    )


class Channels:
    """A home with webhooks of one server, and what is said on the way."""

    def __init__(self, home: Home, server: Web, *names: str, **more: Any) -> None:
        hooks = [{"name": name, "address": f"{server.address}{HOOK}", "attempts": 1} for name in names]
        self.home, self.server = home, server
        self.alerts = Alerts.model_validate({"webhooks": hooks, **more})
        self.said: list[str] = []

    def tell(self, *notices: Notice, on: date = DAY, **more: Any) -> list[Delivery]:
        return tell(self.home, self.alerts, notices, today=on, say=self.said.append, **more)

    def got(self) -> list[str]:
        """The headlines that came since it was asked last."""
        found = [content["headline"] for _, content in self.server.posted]
        self.server.posted.clear()
        return found

    def is_down(self, down: bool = True) -> None:
        self.server.pages[HOOK] = [answer(500 if down else 200)]


@pytest.fixture
def channels(home: Home, server: Web) -> Channels:
    return Channels(home, server, "team")


@pytest.mark.parametrize(
    ("again_days", "told_on"),
    [
        (NEVER_AGAIN, [0]),
        (EACH_TIME, [0, 0, 1, 6, 7, 8, 400]),
        (ONCE_A_DAY, [0, 1, 6, 7, 8, 400]),
        (7, [0, 7, 400]),
    ],
)
def test_the_same_is_told_again_after_its_days(
    channels: Channels, again_days: int | None, told_on: list[int]
) -> None:
    told = []
    for days in (0, 0, 1, 6, 7, 8, 400):
        channels.tell(notice("late a", again_days=again_days), on=DAY + timedelta(days=days))
        told += [days] * len(channels.got())
    assert told == told_on
    assert channels.said == []


def test_one_more_late_input_is_told_at_once_with_the_others(channels: Channels) -> None:
    channels.tell(notice("late a", again_days=7, text="one"))
    channels.tell(notice("late a", "late b", again_days=7, text="two"), on=DAY + timedelta(days=1))
    channels.tell(notice("late b", again_days=7, text="one again"), on=DAY + timedelta(days=2))
    assert channels.got() == ["one", "two"]


def test_each_channel_is_told_for_itself(home: Home, server: Web) -> None:
    one = Channels(home, server, "team")
    one.tell(notice("refused a", again_days=NEVER_AGAIN))
    both = Channels(home, server, "team", "chief")
    done = both.tell(notice("refused a", again_days=NEVER_AGAIN))
    assert [each.channel for each in done] == ["chief"]


def test_only_events_that_a_channel_is_on_for_are_told(home: Home, server: Web) -> None:
    hook = {"name": "team", "address": f"{server.address}{HOOK}", "on": ["late"]}
    alerts = Alerts.model_validate({"webhooks": [hook]})
    for event in EVENTS:
        tell(home, alerts, [notice(event, event=event, text=event)], today=DAY)
    assert [content["event"] for _, content in server.posted] == ["late"]


def test_what_could_not_be_delivered_is_said_kept_and_sent_the_next_time(channels: Channels) -> None:
    channels.is_down()
    channels.tell(notice("refused a", again_days=NEVER_AGAIN, text="first"))
    assert channels.said == [
        "Alert 'late' to team: the server answers 500 (1 attempts); if it stays so, ask those who run that "
        f"service. It waits in {channels.home.root / 'alerts.json'} for the next time."
    ]
    channels.got()
    channels.is_down(False)
    later = DAY + timedelta(days=2)
    channels.tell(notice("released b", text="second"), on=later)
    first, second = (content for _, content in channels.server.posted)
    assert first["headline"] == "first"
    assert first["details"] == [f"This was to be sent on {DAY} and could not be delivered before."]
    assert (second["headline"], second["details"]) == ("second", [])
    channels.got()
    channels.tell(notice("refused a", again_days=NEVER_AGAIN), on=later)
    assert channels.got() == []


def test_what_waits_is_not_doubled_and_no_time_is_lost_on_a_dead_channel(channels: Channels) -> None:
    channels.is_down()
    for days in range(5):
        channels.tell(
            notice("failed x", again_days=ONCE_A_DAY, text=f"day {days}"), on=DAY + timedelta(days=days)
        )
        # One is tried: where it cannot be reached, the others wait untried.
        channels.tell(notice(f"released {days}"), on=DAY + timedelta(days=days))
    assert len(channels.server.posted) == 10
    waiting = json.loads((channels.home.root / "alerts.json").read_text())["team"]["waiting"]
    assert [each["notice"]["keys"] for each in waiting].count(["failed x"]) == 1
    assert len(waiting) == 6


def test_a_message_that_is_not_taken_holds_up_no_other(channels: Channels) -> None:
    channels.server.pages[HOOK] = [answer(400), answer(200)]
    done = channels.tell(notice("released a"), notice("released b"))
    assert [each.is_delivered for each in done] == [False, True]


def test_a_clock_that_was_set_back_silences_nothing(channels: Channels) -> None:
    channels.tell(notice("late a", again_days=7))
    channels.tell(notice("late a", again_days=7), on=DAY - timedelta(days=1000))
    assert len(channels.got()) == 2


def test_one_channel_that_hangs_keeps_no_other_from_its_message(home: Home, server: Web) -> None:
    server.pages["/stall"] = [lambda request: time.sleep(2.0)]
    hooks = [
        {"name": "slow", "address": f"{server.address}/stall", "stall_seconds": 30},
        {"name": "team", "address": f"{server.address}{HOOK}"},
    ]
    said: list[str] = []
    began = time.monotonic()
    done = tell(
        home,
        Alerts.model_validate({"webhooks": hooks}),
        [notice("released a")],
        today=DAY,
        say=said.append,
        whole_seconds=0.5,
    )
    assert time.monotonic() - began < 1.5
    assert [(each.channel, each.is_delivered) for each in done] == [("slow", False), ("team", True)]
    assert "to slow: it took longer than 0.5 seconds." in said[0]


def test_what_was_told_and_counts_no_more_is_forgotten(channels: Channels) -> None:
    channels.tell(notice("late a", again_days=7), notice("refused b", again_days=NEVER_AGAIN))
    channels.tell(notice("released c"), on=DAY + timedelta(days=30))
    told = json.loads((channels.home.root / "alerts.json").read_text())["team"]["told"]
    assert told == {"refused b": {"on": DAY.isoformat(), "again_days": None}}


@pytest.mark.parametrize("damage", ["{", "[]", '{"team": {"told": {"x": {}}, "waiting": []}}', '{"team": 1}'])
def test_a_damaged_ledger_is_said_and_the_message_is_sent_all_the_same(
    channels: Channels, damage: str
) -> None:
    path = channels.home.root / "alerts.json"
    path.write_text(damage)
    channels.tell(notice("released a"))
    assert channels.got() == ["h"]
    assert len(channels.said) == 1
    assert channels.said[0].startswith(f"Alerts: {path} cannot be read (")
    assert "Remove it: what was told may then be told once more" in channels.said[0]
    assert path.read_text() == damage


def test_a_home_that_cannot_be_written_to_is_said_and_the_message_is_sent(channels: Channels) -> None:
    (channels.home.root / ".alerts.json.part").mkdir()  # in the way of what is written, also of root
    channels.tell(notice("released a"))
    assert channels.got() == ["h"]
    assert channels.said[0].startswith(f"Alerts: {channels.home.root / 'alerts.json'} cannot be written (")


def test_what_was_sent_and_could_not_be_noted_is_not_sent_twice_at_once(channels: Channels) -> None:
    in_the_way = channels.home.root / ".alerts.json.part"
    channels.server.pages[HOOK] = [lambda request: (in_the_way.mkdir(), answer(200)(request))[0]]
    channels.tell(notice("released a"))
    assert channels.got() == ["h"]
    (said,) = channels.said
    assert said.startswith(f"Alerts: {channels.home.root / 'alerts.json'} cannot be written (")


def test_two_at_once_send_a_message_once(home: Home, server: Web) -> None:
    server.pages[HOOK] = [lambda request: (time.sleep(0.3), answer(200)(request))[0]]
    program = (
        "import sys; from datetime import date; from pathlib import Path\n"
        "from nof.home import Home; from nof.alerts.send import tell\n"
        "from nof.settings.alerts import Alerts; from nof.alerts.notice import Notice\n"
        "alerts = Alerts.model_validate({'webhooks': [{'name': 'team', 'address': sys.argv[2]}]})\n"
        "one = Notice(event='late', headline='h', next_step='n', home='x', keys=('a',), again_days=7)\n"
        "tell(Home(Path(sys.argv[1])), alerts, [one], today=date(2026, 4, 9))\n"
    )
    words = [sys.executable, "-c", program, str(home.root), f"{server.address}{HOOK}"]
    running = [subprocess.Popen(words) for _ in range(3)]
    assert [each.wait(timeout=60) for each in running] == [0, 0, 0]
    assert len(server.posted) == 1


def test_killed_while_it_sends_the_message_comes_with_the_next(channels: Channels) -> None:
    server = channels.server
    server.pages[HOOK] = [lambda request: time.sleep(20.0), answer(200)]
    program = (
        "import sys; from datetime import date; from pathlib import Path\n"
        "from nof.home import Home; from nof.alerts.send import tell\n"
        "from nof.settings.alerts import Alerts; from nof.alerts.notice import Notice\n"
        "hook = {'name': 'team', 'address': sys.argv[2], 'stall_seconds': 30}\n"
        "one = Notice(event='refused', headline='kept', next_step='n', home='x', keys=('a',))\n"
        "tell(Home(Path(sys.argv[1])), Alerts.model_validate({'webhooks': [hook]}), [one], "
        "today=date(2026, 4, 9))\n"
    )
    words = [sys.executable, "-c", program, str(channels.home.root), f"{server.address}{HOOK}"]
    killed = subprocess.Popen(words)
    while not server.posted:
        time.sleep(0.02)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    channels.got()
    channels.tell()
    assert channels.got() == ["kept"]
    assert channels.said == []


def test_a_test_goes_to_every_channel_and_is_noted_nowhere(home: Home, server: Web) -> None:
    with mail() as mailbox:
        alerts = Alerts.model_validate(
            {
                "webhooks": [{"name": "team", "address": f"{server.address}{HOOK}", "on": []}],
                "email": _email(mailbox),
            }
        )
        done = send_test(home, alerts)
        assert [(each.channel, each.is_delivered) for each in done] == [("team", True), ("e-mail", True)]
        assert mailbox.messages[0]["Subject"] == (
            "nof, test: This is a test of the alerts; nothing has happened."
        )
    assert not (home.root / "alerts.json").exists()


# What runs and Dagster call.


def configure(home: Home, server: Web) -> None:
    hook = f'name = "team"\naddress = "{server.address}{HOOK}"\nattempts = 1\n'
    (home.root / "nof.toml").write_text(f"[[alerts.webhooks]]\n{hook}")


def test_an_error_is_told_and_goes_on_its_way(home: Home, server: Web) -> None:
    configure(home, server)
    for error in (
        InputRefused([Problem("a.csv", "is empty.", "Fetch it again.")]),
        BuildFailed("Building scoring failed."),
        UsageRefused("wrong"),
        HomeBusy("another"),
        ZeroDivisionError("s3cr3t"),
        KeyboardInterrupt(),
    ):
        with pytest.raises(type(error)) as ended, telling_errors(home, today=DAY, quarter_id="2025-26-Q3"):
            raise error
        assert ended.value is error
    assert [(each["event"], each["quarter"]) for _, each in server.posted] == [
        ("refused", "2025-26-Q3"),
        ("failed", "2025-26-Q3"),
        ("failed", "2025-26-Q3"),
    ]
    assert "s3cr3t" not in json.dumps(server.posted)


def test_a_refusal_that_dagster_has_made_a_failure_of_is_told_as_the_refusal(home: Home, server: Web) -> None:
    from nof.definitions.whole_run import refusals_as_failures

    configure(home, server)
    with pytest.raises(Exception, match="Fetch it again") as failed, refusals_as_failures():
        raise InputRefused([Problem("a.csv", "is empty.", "Fetch it again.")])
    tell_error(home, failed.value, today=DAY)
    ((_, told),) = server.posted
    assert (told["event"], told["next_step"]) == ("refused", "Fetch it again.")


def test_what_is_late_can_be_told_without_the_command(home: Home, server: Web) -> None:
    tell_late(home, today=date(2025, 9, 17))
    configure(home, server)
    tell_late(home, today=date(2025, 9, 17))
    assert [each["headline"] for _, each in server.posted] == ["Late: 3 inputs, the newest of 2025-26-Q1."]


def test_nothing_that_goes_wrong_here_gets_out(
    home: Home, server: Web, capsys: pytest.CaptureFixture[str]
) -> None:
    (home.root / "nof.toml").write_text("alerts = 'https://hooks.example.org/s3cr3t'")
    tell_error(home, BuildFailed("x"), today=DAY)
    configure(home, server)
    gone = Outcome(home.releases / "2025-26-Q3" / "gone", True, (), (), False)
    tell_outcome(home, gone, today=DAY)
    said = capsys.readouterr().err.splitlines()
    assert said == [
        "Alerts: none was sent (UsageRefused). Try `nof alert --test`, and see what it says.",
        "Alerts: none was sent (ReleaseRefused). Try `nof alert --test`, and see what it says.",
    ]


@pytest.mark.parametrize("settings", [None, "[retention]\nkeep = 1\n"], ids=["no file", "no alerts"])
def test_a_home_without_alerts_loads_nothing_for_them(home: Home, settings: str | None) -> None:
    if settings:
        (home.root / "nof.toml").write_text(settings)
    program = (
        "import sys; from datetime import date; from pathlib import Path; from nof.home import Home\n"
        "from nof.alerts import tell_error; from nof.errors import BuildFailed\n"
        "tell_error(Home(Path(sys.argv[1])), BuildFailed('x'), today=date(2026, 4, 9))\n"
        "print(sorted({'requests', 'smtplib', 'nof.alerts.send'} & set(sys.modules)))\n"
    )
    words = [sys.executable, "-c", program, str(home.root)]
    assert subprocess.run(words, capture_output=True, text=True, check=True).stdout == "[]\n"
    assert sorted(path.name for path in home.root.iterdir()) == (["nof.toml"] if settings else [])


def _email(mailbox: Mail) -> dict[str, Any]:
    return {
        "host": "127.0.0.1",
        "port": mailbox.port,
        "security": "none",
        "sender": "nof@example.org",
        "recipients": ["analysts@example.org"],
        "on": [],
    }
