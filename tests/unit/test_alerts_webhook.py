"""Alerts to a web address on loopback: each form whole, servers that misbehave, an address kept secret."""

import json
import logging
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from harness_mail import Authority
from harness_web import Answer, Web, answer, cut, redirect, stall, web
from nof.alerts.channel import NotDelivered
from nof.alerts.forms import FORMS
from nof.alerts.notice import Notice
from nof.alerts.webhook import WebhookChannel
from nof.settings.alerts import Webhook

SECRET = "/services/T0/B0/s3cr3tt0ken"
NOTICE = Notice(
    event="refused",
    headline="Refused: <!channel> a&b.csv. Nothing was published; the last release is untouched.",
    next_step="Write a number.",
    home="/srv/nof",
    quarter="2025-26-Q3",
    details=("a&b.csv, row 2, column Value, value '<b>[x](http://evil.example)</b>': is no number.",),
    where="/srv/nof/refused/0123456789ab",
)


@pytest.fixture
def server() -> Iterator[Web]:
    with web() as made:
        made.pages[SECRET] = [answer(200, b"ok")]
        yield made


def channel(server: Web, waits: list[float] | None = None, path: str = SECRET, **more: Any) -> WebhookChannel:
    chosen = Webhook.model_validate({"name": "team", "address": f"{server.address}{path}", **more})
    return WebhookChannel(chosen, (waits if waits is not None else []).append)


def refusal(server: Web, **more: Any) -> str:
    with pytest.raises(NotDelivered) as refused:
        channel(server, **more).send(NOTICE)
    said = str(refused.value)
    assert "s3cr3tt0ken" not in said and server.address not in said
    assert refused.value.__cause__ is None  # what it came from holds the address
    return said


def test_plain_fields_for_programs(server: Web) -> None:
    channel(server).send(NOTICE)
    assert server.posted == [
        (
            SECRET,
            {
                "event": "refused",
                "headline": "Refused: <!channel> a&b.csv. "
                "Nothing was published; the last release is untouched.",
                "next_step": "Write a number.",
                "details": [
                    "a&b.csv, row 2, column Value, value '<b>[x](http://evil.example)</b>': is no number."
                ],
                "where": "/srv/nof/refused/0123456789ab",
                "home": "/srv/nof",
                "quarter": "2025-26-Q3",
                "release": "",
            },
        )
    ]
    assert server.asked[0][1]["Content-Type"] == "application/json"


def test_slack_gets_text_in_which_nothing_is_a_control_sign(server: Web) -> None:
    channel(server, form="slack").send(NOTICE)
    ((_, content),) = server.posted
    assert content == {
        "text": (
            "nof, input refused: Refused: &lt;!channel&gt; a&amp;b.csv. Nothing was published; "
            "the last release is untouched.\n"
            "\n"
            "Do next:\n"
            "  Write a number.\n"
            "\n"
            "Refused: &lt;!channel&gt; a&amp;b.csv. Nothing was published; the last release is untouched.\n"
            "- a&amp;b.csv, row 2, column Value, value "
            "'&lt;b&gt;[x](http://evil.example)&lt;/b&gt;': is no number.\n"
            "\n"
            "Where to look: /srv/nof/refused/0123456789ab\n"
            "Quarter: 2025-26-Q3\n"
            "Home: /srv/nof\n"
        ),
        "mrkdwn": False,
        "unfurl_links": False,
        "unfurl_media": False,
    }


def test_teams_gets_a_card_in_which_no_text_is_markdown(server: Web) -> None:
    channel(server, form="teams").send(NOTICE)
    ((_, content),) = server.posted
    assert content["type"] == "message"
    (attachment,) = content["attachments"]
    assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
    card = attachment["content"]
    assert (card["type"], card["version"]) == ("AdaptiveCard", "1.4")
    # A TextBlock or a FactSet would read markdown: a link out of a cell.
    assert {each["type"] for each in card["body"]} == {"RichTextBlock"}
    assert {run["type"] for each in card["body"] for run in each["inlines"]} == {"TextRun"}
    assert ["".join(run["text"] for run in each["inlines"]) for each in card["body"]] == [
        "nof, input refused: Refused: <!channel> a&b.csv. "
        "Nothing was published; the last release is untouched.",
        "Do next: Write a number.",
        "a&b.csv, row 2, column Value, value '<b>[x](http://evil.example)</b>': is no number.",
        "Where to look: /srv/nof/refused/0123456789ab",
        "Quarter: 2025-26-Q3",
        "Home: /srv/nof",
    ]


def test_the_longest_notice_fits_into_what_teams_takes() -> None:
    long = Notice(
        event="failed", headline="h" * 9999, next_step="n" * 9999, home="/h", details=("☃" * 9999,) * 99
    )
    content = FORMS["teams"](long)
    # Teams refuses more than 28 kB, whichever way it counts.
    for encoding in ("utf-8", "utf-16"):
        assert len(json.dumps(content, ensure_ascii=False).encode(encoding)) < 28_000
    assert long.details[-1] == "and 88 lines more."


@pytest.mark.parametrize(
    ("first", "wait"),
    [
        pytest.param(answer(500), 0.5, id="500"),
        pytest.param(answer(429, headers={"Retry-After": "7"}), 7.0, id="busy"),
        pytest.param(answer(503, headers={"Retry-After": "99999"}), 15.0, id="busy for long"),
        pytest.param(lambda request: time.sleep(1.0), 0.5, id="stall"),
        pytest.param(lambda request: request.connection.close(), 0.5, id="hangs up"),
    ],
)
def test_what_passes_is_tried_again(server: Web, first: Answer, wait: float) -> None:
    server.pages[SECRET] = [first, answer(202)]
    waits: list[float] = []
    channel(server, waits, stall_seconds=0.3, wait_seconds=0.5).send(NOTICE)
    assert server.times(SECRET) == 2
    assert waits == [wait]


@pytest.mark.parametrize("body", [cut(b"ok"), stall(b"ok", 1.0)], ids=["cut", "stall"])
def test_what_comes_after_the_status_is_not_waited_for(server: Web, body: Answer) -> None:
    server.pages[SECRET] = [body]
    began = time.monotonic()
    channel(server, stall_seconds=5).send(NOTICE)
    assert time.monotonic() - began < 0.8
    assert server.times(SECRET) == 1


def test_it_gives_up_after_the_last_attempt(server: Web) -> None:
    server.pages[SECRET] = [answer(500)]
    waits: list[float] = []
    said = refusal(server, waits=waits, attempts=3, wait_seconds=2)
    assert said == "the server answers 500 (3 attempts); if it stays so, ask those who run that service."
    assert waits == [2.0, 4.0]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 413])
def test_what_no_attempt_can_mend_is_said_at_once(server: Web, status: int) -> None:
    server.pages[SECRET] = [answer(status, b"no webhook at " + SECRET.encode())]
    said = refusal(server)
    assert said.startswith(f"the server answers {status}: it does not take this message at this address.")
    assert server.times(SECRET) == 1


@pytest.mark.parametrize("to", ["/other", "http://localhost.example/x", "file:///etc/passwd"])
def test_nobody_is_led_on_elsewhere(server: Web, to: str) -> None:
    server.pages[SECRET] = [redirect(to)]
    assert "answers 302 and leads on elsewhere" in refusal(server)
    assert len(server.posted) == 1


def test_a_server_that_is_not_there() -> None:
    said = refusal(Web("http://127.0.0.1:9"))
    assert said.startswith(
        "the server cannot be reached: ConnectionRefusedError (Connection refused) (3 attempts)"
    )


def test_a_host_that_has_no_address() -> None:
    nowhere = Webhook.model_validate({"name": "team", "address": f"https://nowhere.invalid{SECRET}"})
    with pytest.raises(NotDelivered, match="cannot be reached") as refused:
        WebhookChannel(nowhere, lambda _: None).send(NOTICE)
    assert "s3cr3t" not in str(refused.value)


def test_https_only_to_a_server_that_proves_who_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = Authority(tmp_path)
    with web(authority.server("127.0.0.1")) as server:
        server.pages[SECRET] = [answer(200)]
        assert "does not prove who it is: SSLCertVerificationError (" in refusal(server)
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(authority.file))
        channel(server).send(NOTICE)
        assert len(server.posted) == 1


def test_the_address_may_stand_in_the_environment(server: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = WebhookChannel(Webhook(name="team", address_from="NOF_TEAM_WEBHOOK"))
    monkeypatch.delenv("NOF_TEAM_WEBHOOK", raising=False)
    with pytest.raises(NotDelivered, match="NOF_TEAM_WEBHOOK, which is to hold the address, is not set"):
        chosen.send(NOTICE)
    monkeypatch.setenv("NOF_TEAM_WEBHOOK", "http://hooks.example.org/s3cr3tt0ken")
    with pytest.raises(NotDelivered, match="begins with http:") as refused:
        chosen.send(NOTICE)
    assert "s3cr3t" not in str(refused.value)
    monkeypatch.setenv("NOF_TEAM_WEBHOOK", f"{server.address}{SECRET}\n")
    chosen.send(NOTICE)
    assert len(server.posted) == 1


def test_the_address_is_in_no_log_and_no_representation(
    server: Web, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    made = channel(server, attempts=2)
    made.send(NOTICE)
    server.pages[SECRET] = [answer(500)]
    with pytest.raises(NotDelivered):
        made.send(NOTICE)
    said = caplog.text + repr(made) + made.settings.model_dump_json() + "".join(capfd.readouterr())
    assert re.search("s3cr3t", said) is None
