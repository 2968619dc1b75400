"""The commands for records: extracts row by row, beside what a run lands of them."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from nof.cli.options import HomeOption, Layout
from nof.home import DEFAULT_HOME, Home

app = typer.Typer(
    name="records",
    help="Monthly extracts row by row, as Parquet in the home; a run does without them.",
    no_args_is_help=True,
)


@app.command()
def land(
    folders: Annotated[
        list[Path] | None,
        typer.Argument(help="Folders with full extracts as published; by default those landed in the home."),
    ] = None,
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """Put referral to treatment extracts into the record room, each once; what is there is not read again.

    Exit status: 0 all of them are there; 2 wrong use; 3 extracts refused, the others are there.
    """
    from nof.records import land_records, report  # noqa: PLC0415 - `nof --help` does without

    held = Home(home)
    with held.lock():
        for arrival in land_records(held, folders or (), today=date.today()):
            typer.echo(report.arrived(arrival))


@app.command("list")
def list_(
    home: HomeOption = DEFAULT_HOME,
    layout: Annotated[
        Layout, typer.Option("--format", help="table for people; csv and json the whole manifest.")
    ] = Layout.TABLE,
) -> None:
    """Say which months are in the record room, and which file each is of."""
    from nof.records import read_manifest, report, room_of  # noqa: PLC0415

    report.listed(read_manifest(room_of(Home(home))), layout.value)


@app.command()
def check(home: HomeOption = DEFAULT_HOME) -> None:
    """Read every partition and hold it to its hash. Exit status: 0 all are whole; 1 one is not."""
    from nof.errors import UsageRefused  # noqa: PLC0415
    from nof.records import check as check_all  # noqa: PLC0415
    from nof.records import read_manifest, room_of  # noqa: PLC0415

    room = room_of(Home(home))
    partitions = read_manifest(room)
    if not partitions:
        raise UsageRefused(f"{room.root} holds no records. Land extracts first (nof records land).")
    check_all(room, partitions)
    rows = sum(each.row_count for each in partitions)
    typer.echo(f"Partitions as they were written: {len(partitions):,}, with {rows:,} rows.")


@app.command()
def values(
    home: HomeOption = DEFAULT_HOME,
    quarter: Annotated[
        str | None, typer.Option(help="One quarter only, for example 2025-26-Q3: no other month is read.")
    ] = None,
    framework: Annotated[
        str | None, typer.Option(help="Framework whose measures are meant; the one in force by default.")
    ] = None,
    layout: Annotated[
        Layout, typer.Option("--format", help="table for people; csv and json with a row for every value.")
    ] = Layout.TABLE,
    memory: Annotated[
        str | None,
        typer.Option(help="Most memory to sum rows with, for example 2GiB; what is more is spilled."),
    ] = None,
) -> None:
    """Make metric values of the room, as a run would make them of the same files; nothing is released."""
    from nof.quarters import quarter_id_of  # noqa: PLC0415
    from nof.records import report  # noqa: PLC0415
    from nof.records.values import values as make  # noqa: PLC0415

    held = Home(home)
    quarter_id = quarter_id_of(quarter) if quarter is not None else None
    with held.lock():
        found = make(held, framework_id=framework, quarter_id=quarter_id, memory_limit=memory)
    report.made(found, layout.value)
    typer.echo(report.read(found), err=True)
