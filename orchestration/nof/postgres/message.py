"""What `nof push` says when it is done: what was there, what is there now, how long, how to read it."""

from nof.postgres.push import PushResult
from nof.postgres.target import Target


def lines(result: PushResult, target: Target) -> list[str]:
    """The message, line by line."""
    source = result.source
    nation = ", the bundled nation" if source.is_bundled else ""
    said = [
        f"Pushed {source.release} ({source.framework_id}{nation}, {source.state}) to {result.place}, "
        f"schema {target.schema}",
        f"  Before: {result.there.described if result.there else 'no release'}",
        f"  Now: {result.table_count} tables, {result.row_count:,} rows, read back and equal to the release",
        f"  How: {_how(result)}",
        f"  Time: {result.seconds:.1f} s",
    ]
    if result.gone:
        said.append(f"  Gone with the old tables: {'; '.join(result.gone)}")
    said += [
        f"  Check not carried over, because the two may read it differently: {c}" for c in result.not_carried
    ]
    said += [f"  Still to do, the next push tries again: {problem}" for problem in result.not_finished]
    role = f"{target.reader_role} ({'made now' if result.is_role_new else 'was there'})"
    said += [
        f"  Readers: members of {role}; let somebody read with: grant {target.reader_role} to SOMEBODY",
        f"  Connect: {_reader_url(result.place)}",
        f"  One release across several statements: begin isolation level repeatable read; "
        f"then, for example: select * from {target.schema}.release_state",
    ]
    return said


def _how(result: PushResult) -> str:
    """What was done with the tables, and why."""
    plan, changed = result.plan, result.changed
    if not plan.kept:
        return f"tables made anew: {'; '.join(plan.reasons)}" if plan.reasons else "tables made"
    counts = f"rows: {changed.added:,} added, {changed.changed:,} changed, {changed.removed:,} removed"
    new = [f"{each.table.name}.{column.name}" for each in plan.kept for column in each.added]
    new += [table.name for table in plan.new]
    return f"{counts}; new: {', '.join(new)}" if new else counts


def _reader_url(place: str) -> str:
    return "postgresql://SOMEBODY@" + place.partition("@")[2]
