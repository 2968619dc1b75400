"""Bad folders, bad names of files, bad settings and a run asked for what there is not."""

import os
from collections.abc import Mapping
from pathlib import Path

from gallery import Bad, Show, landing_of, sound_rows
from harness_inputs import TODAY, league_row, published, row

from harness_registers import entry, register_text
from nof import steps
from nof.frameworks import forecasting_framework
from nof.home import Home
from nof.landing import land
from nof.landing.bounds import LARGEST_BYTES
from nof.quarters import quarter_id_of
from nof.settings import read_settings

SOUND = published(*sound_rows())
BEFORE = published(row(Quarter="Q4 2024/25"))
_LINK = "a link in the place of a file"


def _empty(inbox: Path, home: Home) -> None:
    land(home, [inbox], today=TODAY)


def _nowhere(inbox: Path, home: Home) -> None:
    land(home, [inbox / "nowhere"], today=TODAY)


def _a_file(inbox: Path, home: Home) -> None:
    (inbox / "data.csv").write_bytes(SOUND)
    land(home, [inbox / "data.csv"], today=TODAY)


def _link(inbox: Path, home: Home) -> None:
    (inbox / "data.csv").symlink_to("/etc/hosts")
    land(home, [inbox], today=TODAY)


def _pipe(inbox: Path, home: Home) -> None:
    os.mkfifo(inbox / "data.csv")
    land(home, [inbox], today=TODAY)


def _too_large(inbox: Path, home: Home) -> None:
    with (inbox / "data.csv").open("wb") as file:
        file.truncate(LARGEST_BYTES + 1)  # a hole: it takes no room
    land(home, [inbox], today=TODAY)


def _no_utf8(inbox: Path, home: Home) -> None:
    Path(os.fsdecode(os.fsencode(inbox) + b"/a\xff.csv")).write_bytes(SOUND)
    land(home, [inbox], today=TODAY)


def _asked(files: Mapping[str, bytes], *, quarter: str | None = None, framework: str | None = None) -> Show:
    def show(inbox: Path, home: Home) -> None:
        for name, content in files.items():
            (inbox / name).write_bytes(content)
        request = steps.Request(home, (inbox,), quarter_id=quarter, framework_id=framework)
        steps.prepare(request, today=TODAY)

    return show


def _forecast(quarter: str) -> Show:
    return _asked({"data.csv": SOUND}, quarter=quarter, framework=forecasting_framework())


def _no_quarter(_: Path, __: Home) -> None:
    quarter_id_of("Q5 2025/26")


def _settings(text: str) -> Show:
    def show(_: Path, home: Home) -> None:
        home.root.mkdir()
        (home.root / "nof.toml").write_text(text, encoding="utf-8")
        read_settings(home)

    return show


def _fetched(**changes: str) -> str:
    sound = {"quarter": "Q1 2025/26", "address": "https://example.org/data.csv"} | changes
    return "[[fetch.files]]\n" + "".join(f"{name} = '{text}'\n" for name, text in sound.items())


_NAMES = (
    ("a workbook", "data.xlsx"),
    ("an archive", "data.zip"),
    ("a file of tabs", "data.tsv"),
    ("a file whose name is a formula", "=cmd.csv"),
    ("a file whose name turns the direction of writing", "data\u202evsc.csv"),
    ("a file whose name has two lines", "a\nb.csv"),
    ("a file whose name is too long", "n" * 250 + ".csv"),
    ("a file that is called after a person", "Dr Nobody.csv"),
)
_SETTINGS = (
    ("settings that are no TOML", "inbox = "),
    ("a setting that there is none of", "inbx = 'in'"),
    ("a setting of the wrong kind", "[retention]\nkeep = 'many'"),
    ("a number of releases below 0", "[retention]\nkeep = -1"),
    ("an inbox without a name", "inbox = ''"),
    ("a file to fetch without an address", "[[fetch.files]]\nquarter = 'Q1 2025/26'\n"),
    ("a file to fetch that leaves the inbox", _fetched(name="../data.csv")),
    ("a file to fetch by a path of its own", _fetched(name="/etc/data.csv")),
    ("a file to fetch that an address leads out", _fetched(address="https://example.org/..%5Cb.csv")),
    ("a file to fetch that is hidden", _fetched(name=".data.csv")),
    ("a file to fetch that is no data file", _fetched(name="data.docx")),
    ("an address that anybody can change on the way", _fetched(address="http://example.org/data.csv")),
    ("an address of a file of this machine", _fetched(address="file:///etc/passwd.csv")),
    ("an address with a password", _fetched(address="https://me:secret@example.org/data.csv")),
    ("a quarter of the settings that there is none of", _fetched(quarter="Q5 2025/26")),
    ("a hash that is none", _fetched(sha256="abc")),
    ("two files to fetch of one name", _fetched() + _fetched()),
    ("no attempt at all", "[fetch]\nattempts = 0"),
    ("no time to wait", "[fetch]\nstall_seconds = 0"),
)

FOLDERS = {
    "Folders and names": [
        Bad("an empty folder", _empty),
        Bad("a folder that is not there", _nowhere),
        Bad("a file in the place of a folder", _a_file),
        Bad(_LINK, _link),
        Bad("a pipe in the place of a file", _pipe),
        Bad("a file larger than any", _too_large),
        Bad("a file whose name is no UTF-8", _no_utf8),
        *(Bad(wrong, landing_of({name: SOUND})) for wrong, name in _NAMES),
        Bad(
            "a file of a forecast",
            landing_of({"forecast-data.csv": published(row(Quarter="Q1 2025/26 (forecast)"))}),
        ),
        Bad(
            "two files about one quarter",
            landing_of({"one.csv": published(row()), "other.csv": published(row(Value="1.0"))}),
        ),
        Bad(
            "two registers about one entry",
            landing_of(
                {
                    "data.csv": SOUND,
                    "one.csv": register_text(entry()).encode(),
                    "other.csv": register_text(entry(Value="Red")).encode(),
                }
            ),
        ),
    ],
    "Asking for what there is not": [
        Bad("a league table alone", _asked({"league.csv": published(league_row())})),
        Bad("a quarter that is not in hand", _asked({"data.csv": SOUND}, quarter="2025-26-Q3")),
        Bad("a quarter before the framework in force", _asked({"data.csv": BEFORE})),
        Bad("a framework that there is none of", _asked({"data.csv": SOUND}, framework="nof-2020-21")),
        Bad("a quarter that is none", _no_quarter),
        Bad("a forecast of a quarter that is in hand", _forecast("2025-26-Q1")),
        Bad("a forecast two quarters ahead", _forecast("2025-26-Q3")),
    ],
    "Settings of a home (`nof.toml`)": [Bad(wrong, _settings(text)) for wrong, text in _SETTINGS],
}
