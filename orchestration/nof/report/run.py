"""What the command prints at the end of a run: where the release is, and what it stands on."""

from collections.abc import Iterator
from pathlib import Path
from shlex import join
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from nof.home import DEFAULT_HOME, Home
from nof.release.find import find_current
from nof.release.seal import named, read_manifest
from nof.report.releases import takes_the_place_of

if TYPE_CHECKING:
    import duckdb

    from nof.run import Outcome


_MOST_NAMED = 12


def summary(outcome: "Outcome") -> None:
    """Where the release is, what is in it, what it stands on, and what to do next."""
    import duckdb  # noqa: PLC0415 - heavy, and only a run needs it

    console = Console(soft_wrap=True)
    manifest = read_manifest(outcome.release)
    for each in outcome.set_aside:
        console.print(f"Left out, because it was refused before and still is: {escape(str(each.path))}")
    headline = "Released" if outcome.is_new else "Nothing new to release; this release stands:"
    console.print(
        f"\n[bold]{headline}[/bold] {manifest['quarter_id']}/{manifest['release_id']} "
        f"({manifest['framework_id']})"
    )
    console.print(escape(str(outcome.release)))
    if not outcome.is_new:
        console.print(
            "Nothing changed: it was made of these very inputs, by this method and code. Nothing was built "
            "or written."
        )
    if outcome.is_new:
        takes_the_place_of(Home(outcome.release.parents[2]), named(outcome.release))
        if not manifest.get("is_forecast"):
            finalise = f'nof finalise {_to_finalise(outcome.release)} --role ROLE --reason "…"'
            console.print(f"It is provisional until it is signed off: {finalise}{_home(outcome.release)}")
    if manifest.get("is_forecast"):
        console.print(
            f"[bold]Forecast[/bold] of {manifest['quarter_id']}: it is not published yet. Values that are "
            "not in hand are the quarter before's, and each says so. It never becomes current or final."
        )
    if outcome.is_bundled:
        console.print("Made from the bundled nation, which is invented: no figure is a real trust's.")
    for gate in outcome.gates:
        console.print(f"Gate {gate.gate}: passed, {gate.expectation_count} expectations")
        for warning in gate.warnings:
            console.print(f"  Warning, does not hold: {escape(warning.meaning)}")
            console.print(f"    {escape(warning.first_unexpected or warning.observed)}")
            console.print(f"    {escape(warning.remedy)}")
    with duckdb.connect(str(outcome.release / "nof.duckdb"), read_only=True) as connection:
        for line in _framework(connection):
            console.print(line)
        console.print(_segments(connection))
        for line in _standing(connection):
            console.print(line)
        for line in _beyond(connection, manifest["quarter_id"]):
            console.print(line)
    at = escape(_home(outcome.release))
    if (outcome.release / "site" / "index.html").is_file():
        console.print(f"Look at it: {escape(str(outcome.release / 'site' / 'index.html'))}, or nof serve{at}")
    console.print(f"Follow any figure down with: nof explain TRUST QUARTER{_which(outcome.release)}{at}")


def _home(release: Path) -> str:
    """How to name the home of a release, so that a command can be copied; nothing of the default one."""
    home = release.parents[2]
    return "" if home == DEFAULT_HOME else f" --home {join([str(home)])}"


def _to_finalise(release: Path) -> str:
    """How to name the release to `nof finalise`."""
    return "current" if not _which(release) else named(release)


def _which(release: Path) -> str:
    """How to name a release that is not the current one."""
    is_current = find_current(Home(release.parents[2])) == release
    return "" if is_current else f" --release {release.name}"


def _framework(connection: "duckdb.DuckDBPyConnection") -> Iterator[str]:
    """What to know of a framework that is not in force."""
    rows = connection.execute(
        "select framework_label, count(assumption_id) from publication.method_frameworks "
        "left join publication.method_assumptions using (framework_id) "
        "where not is_in_force group by framework_label order by framework_label"
    ).fetchall()
    for label, count in rows:
        rests = f"rests on {count} assumption{'' if count == 1 else 's'} (see notes.md) and " if count else ""
        yield f"[bold]Not in force:[/bold] {escape(label)}. It {rests}never becomes the current release."


def _segments(connection: "duckdb.DuckDBPyConnection") -> Table:
    """Trusts per adjusted segment, by quarter and trust type."""
    kinds = connection.execute("select distinct organisation_kind from publication.dim_trust").fetchall()
    has_icbs = ("icb",) in kinds
    noun = "Trusts and ICBs" if has_icbs else "Trusts"
    table = Table(title=f"{noun} by adjusted segment", title_justify="left")
    for name in (
        "Quarter",
        "Trust type",
        "All" if has_icbs else "Trusts",
        "1",
        "2",
        "3",
        "4",
        "Not segmented",
    ):
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


def _beyond(connection: "duckdb.DuckDBPyConnection", quarter_id: str) -> Iterator[str]:
    """Final segments by basis, cells without a score by reason, and who awaits a diagnostic review."""
    bases = connection.execute(
        "select final_segment_basis, count(*) from publication.fct_segment group by 1 order by 1"
    ).fetchall()
    yield "Final segments: " + ", ".join(f"{count:,} {basis}" for basis, count in bases)
    reasons = connection.execute(
        "select cell_status, coalesce(missing_reason_id, 'no reason'), count(*) "
        "from publication.fct_metric where cell_status <> 'scored' group by 1, 2 order by 1, 2"
    ).fetchall()
    if reasons:
        yield "Metrics without a score, by status and reason:"
    for status, reason, count in reasons:
        yield f"  {count:,} {status} ({reason})"
    awaiting = [
        code
        for (code,) in connection.execute(
            "select distinct trust_code from publication.fct_response "
            "where quarter_id = ? and review_status = 'awaiting' order by 1",
            [quarter_id],
        ).fetchall()
    ]
    if awaiting:
        more = f" and {len(awaiting) - _MOST_NAMED} more" if len(awaiting) > _MOST_NAMED else ""
        named = ", ".join(awaiting[:_MOST_NAMED])
        yield f"Awaiting a diagnostic review in {quarter_id} (segment 4): {len(awaiting)} ({named}{more})"
