"""What the command prints: progress while a run works, a summary at its end, the list of releases."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from nof.release import ReleaseInfo
from nof.release.seal import read_manifest

if TYPE_CHECKING:
    import duckdb

    from nof.run import Outcome


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Say what is being done: one moving line in a terminal, one line a step elsewhere.

    A step begins with a capital; what happens within it (a model's name) does not, and is shown only where
    the line moves.
    """
    console = Console(stderr=True)
    step = ""
    with console.status("") as status:

        def tell(text: str) -> None:
            nonlocal step
            if text[:1].isupper():
                step = text
                console.print(f"[bold]{escape(text)}[/bold]" if console.is_terminal else text)
            status.update(f"{step}: {text}" if text != step else step)

        yield tell


def summary(outcome: "Outcome") -> None:
    """Where the release is, what is in it, what it stands on, and what to do next."""
    import duckdb  # noqa: PLC0415 - heavy, and only a run needs it

    console = Console(soft_wrap=True)
    manifest = read_manifest(outcome.release)
    for each in outcome.set_aside:
        console.print(f"Left out, because it was refused before and still is: {escape(str(each.path))}")
    headline = "Released" if outcome.is_new else "Nothing new to release; there already is"
    console.print(
        f"\n[bold]{headline}[/bold] {manifest['quarter_id']}/{manifest['release_id']} "
        f"({manifest['framework_id']})"
    )
    console.print(escape(str(outcome.release)))
    if outcome.is_bundled:
        console.print("Made from the bundled nation, which is invented: no figure is a real trust's.")
    for gate in outcome.gates:
        console.print(f"Gate {gate.gate}: passed, {gate.expectation_count} expectations")
        for warning in gate.warnings:
            console.print(f"  Warning, does not hold: {escape(warning.meaning)}")
            console.print(f"    {escape(warning.first_unexpected or warning.observed)}")
            console.print(f"    {escape(warning.remedy)}")
    with duckdb.connect(str(outcome.release / "nof.duckdb"), read_only=True) as connection:
        console.print(_segments(connection))
        for line in _standing(connection):
            console.print(line)
    console.print("Follow any figure down with: nof explain TRUST QUARTER")


def _segments(connection: "duckdb.DuckDBPyConnection") -> Table:
    """Trusts per adjusted segment, by quarter and trust type."""
    table = Table(title="Trusts by adjusted segment", title_justify="left")
    for name in ("Quarter", "Trust type", "Trusts", "1", "2", "3", "4", "Not segmented"):
        table.add_column(name, justify="left" if name in ("Quarter", "Trust type") else "right")
    rows = connection.execute(
        """
        select
            segments.quarter_id,
            types.trust_type_label,
            count(*),
            count(*) filter (where adjusted_segment = 1),
            count(*) filter (where adjusted_segment = 2),
            count(*) filter (where adjusted_segment = 3),
            count(*) filter (where adjusted_segment = 4),
            count(*) filter (where adjusted_segment is null)
        from publication.fct_segment as segments
        inner join (
            select distinct trust_type_id, trust_type_label from publication.dim_trust
        ) as types on segments.trust_type_id = types.trust_type_id
        group by segments.quarter_id, types.trust_type_label
        order by segments.quarter_id, types.trust_type_label
        """
    ).fetchall()
    for row in rows:
        table.add_row(*(str(cell) for cell in row))
    return table


def _standing(connection: "duckdb.DuckDBPyConnection") -> Iterator[str]:
    """What the figures stand on, and how far they agree with the published ones."""
    bases = connection.execute(
        "select score_basis, count(*) from publication.fct_metric where score_basis is not null "
        "group by score_basis order by score_basis"
    ).fetchall()
    yield "Metric scores: " + ", ".join(f"{count:,} {basis}" for basis, count in bases)
    cuts = connection.execute(
        "select cut_point_basis, count(*) from publication.fct_cut_point group by 1 order by 1"
    ).fetchall()
    yield "Cut points: " + ", ".join(f"{count} {basis}" for basis, count in cuts)
    agrees, compared = connection.execute(
        "select count(*) filter (where outcome = 'agrees'), "
        "count(*) filter (where outcome in ('agrees', 'differs')) from publication.fct_reconciliation"
    ).fetchall()[0]
    if compared:
        yield (
            f"Agreement: {agrees:,} of {compared:,} published figures that were recomputed, "
            "adopted and restored ones not counted"
        )
    incomplete = connection.execute(
        "select quarter_id, trust_type_id from publication.fct_completeness where not is_complete "
        "and (quarter_id, trust_type_id) in "
        "(select (quarter_id, trust_type_id) from publication.fct_segment) order by 1, 2"
    ).fetchall()
    for quarter_id, trust_type_id in incomplete:
        yield f"Incomplete, so without average, segment and league rank: {trust_type_id} in {quarter_id}"


def release_list(found: Sequence[ReleaseInfo], home: Path) -> None:
    """The releases of a home, the newest quarter first."""
    console = Console()
    if not found:
        console.print(f"No release in {home}. Make one with: nof run --home {home}")
        return
    table = Table(title=f"Releases in {home}", title_justify="left")
    for name in ("Quarter", "Release", "Framework", "Trusts", "Made from", "Current"):
        table.add_column(name, no_wrap=name in ("Quarter", "Release"))
    for each in reversed(found):
        count = len(each.input_names)
        table.add_row(
            each.quarter_id,
            each.release_id,
            each.framework_id,
            str(each.trust_count),
            f"{count} file{'s' if count > 1 else ''}" if count else "bundled nation (invented)",
            "current" if each.is_current else "",
        )
    console.print(table)
