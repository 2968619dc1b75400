"""Files in which two releases differ, and which file now says what another said before."""

from collections.abc import Mapping
from dataclasses import dataclass

from nof.difference.pair import NEW, OLD, Pair
from nof.difference.side import Side


@dataclass(frozen=True)
class Restated:
    """A trust type and quarter whose metric values now come from another file.

    Attributes:
        quarter_id: the quarter.
        trust_type_id: the trust type.
        old_file: the file before, by name.
        new_file: the file now.
        values: metric values that both files supply, moved or not.
        moved: those that moved.
    """

    quarter_id: str
    trust_type_id: str
    old_file: str
    new_file: str
    values: int
    moved: int


@dataclass(frozen=True)
class InputDifference:
    """How what went into two releases differs.

    Attributes:
        came: files of this release alone, as its manifest has them.
        went: files of the release before alone.
        restated: where one file took the place of another.
    """

    came: tuple[Mapping[str, str], ...]
    went: tuple[Mapping[str, str], ...]
    restated: tuple[Restated, ...]

    @property
    def differs(self) -> bool:
        """Whether anything does."""
        return bool(self.came or self.went or self.restated)


def input_difference(pair: Pair, before: Side, now: Side) -> InputDifference:
    """Compare the inputs of both manifests, and where each metric value came from."""
    old, new = ({entry["sha256"] for entry in side.inputs} for side in (before, now))
    return InputDifference(
        came=tuple(entry for entry in now.inputs if entry["sha256"] not in old),
        went=tuple(entry for entry in before.inputs if entry["sha256"] not in new),
        restated=_restated(pair),
    )


def _restated(pair: Pair) -> tuple[Restated, ...]:
    cells = ("quarter_id", "trust_code", "metric_id", "trust_type_id", "file_id", "value")
    files = ("file_id", "file_name")
    rows = pair.connection.execute(
        f"""
        with
        old_cells as ({pair.selected(OLD, "fct_metric", cells)}),
        new_cells as ({pair.selected(NEW, "fct_metric", cells)}),
        old_files as ({pair.selected(OLD, "dim_file", files)}),
        new_files as ({pair.selected(NEW, "dim_file", files)})
        select
            n.quarter_id,
            n.trust_type_id,
            coalesce(max(old_files.file_name), o.file_id),
            coalesce(max(new_files.file_name), n.file_id),
            count(*),
            count(*) filter (where o.value is distinct from n.value)
        from old_cells as o
        inner join new_cells as n using (quarter_id, trust_code, metric_id)
        left join old_files on o.file_id = old_files.file_id
        left join new_files on n.file_id = new_files.file_id
        where o.file_id <> n.file_id
        group by n.quarter_id, n.trust_type_id, o.file_id, n.file_id
        order by all
        """
    ).fetchall()
    return tuple(Restated(*row) for row in rows)
