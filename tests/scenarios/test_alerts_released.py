"""A whole run by the command with channels on loopback: a release is told, a second run tells nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from harness_mail import Mail, mail
from harness_session import Nof
from harness_web import Web, answer, web
from nof.files import remove_tree


@pytest.fixture
def server() -> Iterator[Web]:
    with web() as made:
        made.pages["/hook"] = [answer(200)]
        yield made


@pytest.fixture
def mailbox() -> Iterator[Mail]:
    with mail() as made:
        yield made


@pytest.fixture
def home(tmp_path: Path, server: Web, mailbox: Mail) -> Iterator[Path]:
    folder = tmp_path / "home"
    folder.mkdir()
    (folder / "nof.toml").write_text(
        '[sign_off]\napprover_roles = ["Chief Analyst"]\n'
        "[alerts]\nbundled = true\n"
        f'[[alerts.webhooks]]\nname = "team"\naddress = "{server.address}/hook"\n'
        f'[alerts.email]\nhost = "127.0.0.1"\nport = {mailbox.port}\nsecurity = "none"\n'
        'sender = "nof@example.org"\nrecipients = ["analysts@example.org"]\n'
    )
    yield folder
    remove_tree(folder)


def test_a_release_is_told_to_every_channel_and_nothing_new_to_none(
    nof: Nof, home: Path, server: Web, mailbox: Mail
) -> None:
    status, _, err = nof("run", "--home", home)
    assert (status, "Alert" in err) == (0, False)
    release = (home / "releases" / "CURRENT").read_text(encoding="utf-8").strip()
    ((_, told),) = server.posted
    assert (told["event"], told["release"], told["quarter"]) == ("released", release, "2025-26-Q4")
    assert told["next_step"] == (
        f"Ask the Chief Analyst to look it over and sign it off: nof finalise {release} "
        f"--role 'Chief Analyst' --reason REASON --home {home}"
    )
    assert "205 trusts under nof-2025-26." in told["details"]
    assert Path(told["where"]).is_file()
    (message,) = mailbox.messages
    assert message["Subject"].strip().startswith(f"nof, released: Released: {release}.")
    assert message.get_content().startswith("Do next:")
    status, _, _ = nof("run", "--home", home)
    assert (status, len(server.posted), len(mailbox.messages)) == (0, 1, 1)
