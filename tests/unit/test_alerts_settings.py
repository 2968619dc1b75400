"""`[alerts]` of nof.toml: what is taken, what is refused and how that is said without saying a secret."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from nof.errors import UsageRefused
from nof.home import Home
from nof.project import project_root
from nof.settings import read_settings
from nof.settings.alerts import EVENTS, Alerts, Email, Recipients, Webhook

SECRET = "https://hooks.example.org/services/s3cr3t"
EMAIL = 'host = "smtp.example.org"\nsender = "nof@example.org"\nrecipients = ["a@example.org"]\n'


def refusal(folder: Path, text: str) -> str:
    (folder / "nof.toml").write_text(text)
    with pytest.raises(UsageRefused) as refused:
        read_settings(Home(folder))
    said = str(refused.value)
    assert "s3cr3t" not in said
    return said.removeprefix(f"{folder / 'nof.toml'}, ")


def hook(**fields: Any) -> str:
    given = {"name": "team", "address": SECRET} | fields
    lines = [f"{name} = {value!r}" for name, value in given.items() if value is not None]
    return "\n".join(["[[alerts.webhooks]]", *lines, ""])


REFUSED = {
    "unprotected": (
        hook(address="http://hooks.example.org/s3cr3t"),
        "alerts.webhooks.1.address: begins with http:, which anybody on the way can change: write https:. "
        "Correct the file.",
    ),
    "no address": (
        hook(address="s3cr3t"),
        "alerts.webhooks.1.address: is no address on the web: write https://host/path. Correct the file.",
    ),
    "a password in it": (
        hook(address="https://me:s3cr3t@example.org/"),
        "alerts.webhooks.1.address: holds a user or a password, which do not belong into a file of settings. "
        "Correct the file.",
    ),
    "the address in place of the variable": (
        hook(address=None, address_from=SECRET),
        "alerts.webhooks.1.address_from: String should match pattern '^[A-Za-z_][A-Za-z0-9_]*$'. "
        "Correct the file.",
    ),
    "the address as the name": (
        hook(name=SECRET),
        r"alerts.webhooks.1.name: String should match pattern '^[\w][\w .-]{0,39}$'. Correct the file.",
    ),
    "both": (
        hook(address_from="NOF_HOOK"),
        "alerts.webhooks.1: give either address or address_from, the environment variable that holds it. "
        "Correct the file.",
    ),
    "neither": (
        hook(address=None),
        "alerts.webhooks.1: give either address or address_from, the environment variable that holds it. "
        "Correct the file.",
    ),
    "a misspelt key": (
        hook(adress=SECRET, address=None, address_from="NOF_HOOK"),
        "alerts.webhooks.1.adress: is no setting. Remove it, or see docs/runbooks/alerts.md for its name.",
    ),
    "an address in the wrong place": (
        f"alerts = '{SECRET}'",
        "alerts: Input should be a valid dictionary or instance of Alerts. Correct the file.",
    ),
    "an unknown event": (
        hook(on=["refuse"]),
        "alerts.webhooks.1.on.1 'refuse': Input should be 'refused', 'gate_refused', 'failed', 'late' or "
        "'released'. Correct the file.",
    ),
    "an unknown form": (
        hook(form="mattermost"),
        "alerts.webhooks.1.form 'mattermost': Input should be 'json', 'slack' or 'teams'. Correct the file.",
    ),
    "one name twice": (
        hook() + hook(name="Team"),
        "alerts: two channels are called team: give one of them another name. Correct the file.",
    ),
    "a name of another channel": (
        hook(name="e-mail"),
        "alerts: two channels are called e-mail: give one of them another name. Correct the file.",
    ),
    "unprotected mail": (
        f'[alerts.email]\n{EMAIL}security = "none"\n',
        "alerts.email: security is none, so that anybody on the way can read and change messages: write "
        "starttls or tls, or send through a mail server on this machine. Correct the file.",
    ),
    "half a login": (
        f'[alerts.email]\n{EMAIL}user_from = "NOF_USER"\n',
        "alerts.email: a login needs both user_from and password_from. Correct the file.",
    ),
    "a password in the file": (
        f'[alerts.email]\n{EMAIL}password = "s3cr3t"\n',
        "alerts.email.password: is no setting. Remove it, or see docs/runbooks/alerts.md for its name.",
    ),
    "nobody": (
        '[alerts.email]\nhost = "h"\nsender = "nof@example.org"\nrecipients = []\n',
        "alerts.email: recipients names nobody: name at least one, or take the section away. "
        "Correct the file.",
    ),
    "two addresses in one": (
        '[alerts.email]\nhost = "h"\nsender = "nof@example.org"\nrecipients = ["a@b.org,c@d.org"]\n',
        "alerts.email.recipients.1: is not one e-mail address: write name@host. Correct the file.",
    ),
    "no days": (
        "[alerts]\nrepeat_late_days = 0\n",
        "alerts.repeat_late_days 0: Input should be greater than or equal to 1. Correct the file.",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_is_said_by_its_place_and_without_a_secret(tmp_path: Path, case: str) -> None:
    text, said = REFUSED[case]
    assert refusal(tmp_path, text) == said


@pytest.mark.parametrize(
    "evil",
    ["a@example.org\nBcc: b@example.org", "a@example.org\r", "a b@example.org", "<a@example.org>", "a"],
)
def test_an_address_that_is_more_than_an_address_is_refused(evil: str) -> None:
    for field in ("sender", "recipients"):
        given = {"host": "h", "sender": "nof@example.org", "recipients": ["a@example.org"]}
        with pytest.raises(ValueError, match=field):
            Email.model_validate(given | {field: evil if field == "sender" else [evil]})


def test_a_mail_server_on_this_machine_needs_no_protection(tmp_path: Path) -> None:
    (tmp_path / "nof.toml").write_text(
        '[alerts.email]\nhost = "localhost"\nport = 25\nsecurity = "none"\nsender = "nof@example.org"\n'
        'recipients = ["a@example.org"]\n'
    )
    alerts = read_settings(Home(tmp_path)).alerts
    assert alerts is not None and alerts.email is not None
    assert alerts.email.recipients_for("failed") == ("a@example.org",)
    assert (alerts.webhooks, alerts.email.on) == ((), EVENTS)


def test_the_settings_that_the_runbook_shows_are_settings(tmp_path: Path) -> None:
    page = (project_root() / "docs" / "runbooks" / "alerts.md").read_text(encoding="utf-8")
    shown = re.findall(r"```toml\n(.*?)```", page, flags=re.DOTALL)[0]
    (tmp_path / "nof.toml").write_text(shown, encoding="utf-8")
    alerts = read_settings(Home(tmp_path)).alerts
    assert alerts is not None and alerts.email is not None
    # All of them, and but for the examples with their defaults.
    content = tomllib.loads(shown)["alerts"]
    assert set(content) == set(Alerts.model_fields)
    assert {name for each in content["webhooks"] for name in each} == set(Webhook.model_fields)
    assert set(content["email"]) == set(Email.model_fields)
    assert set(content["email"]["recipients_of"]) <= set(Recipients.model_fields)
    plain = Alerts()
    for name in ("repeat_late_days", "sign_off_days", "bundled"):
        assert getattr(alerts, name) == getattr(plain, name)
    for name in ("port", "security", "stall_seconds"):
        assert content["email"][name] == Email.model_fields[name].default
    for name in ("stall_seconds", "attempts", "wait_seconds"):
        assert content["webhooks"][0][name] == Webhook.model_fields[name].default
