"""One quarter after another through all the rules: from published rows to scores, segments and ranks."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from plain_rules.arithmetic import competition_ranks, half_up, quantile
from plain_rules.averages import Average, average, domain_average
from plain_rules.method import Method
from plain_rules.registers import Entry, InForce, Registers
from plain_rules.scores import score_quarter
from plain_rules.segments import (
    CutPoint,
    Override,
    adjust,
    cut_points,
    override,
    programme,
    segment_of,
    setting,
)
from plain_rules.systems import SystemAdjustment, system_adjustment
from plain_rules.values import Cell, QuarterRows, Row, complete_types, settle


@dataclass
class TrustResult:
    """What the rules make of one trust or ICB in one quarter; None where there is nothing to say."""

    trust_type_id: str
    average: Average | None
    override: Override
    system: SystemAdjustment | None = None
    unadjusted: int | None = None
    adjusted: int | None = None
    final: int | None = None
    final_basis: str | None = None
    average_rank: int | None = None
    league_rank: int | None = None


@dataclass
class Nation:
    """Everything that the rules make of the rows, keyed by quarter and then by what each figure is of."""

    is_segmented: dict[tuple[str, str], bool] = field(default_factory=dict)
    in_force: dict[tuple[str, str, str, str], InForce] = field(default_factory=dict)
    runs_service: dict[tuple[str, str, str], bool] = field(default_factory=dict)
    complete: dict[tuple[str, str], bool] = field(default_factory=dict)
    cells: dict[tuple[str, str, str], Cell] = field(default_factory=dict)
    value_ranks: dict[tuple[str, str, str], int] = field(default_factory=dict)
    benchmarks: dict[tuple[str, str, str, str], Fraction] = field(default_factory=dict)
    domains: dict[tuple[str, str, str], Average] = field(default_factory=dict)
    domain_segments: dict[tuple[str, str, str], int] = field(default_factory=dict)
    domain_ranks: dict[tuple[str, str, str], int] = field(default_factory=dict)
    cut_points: dict[tuple[str, str, str, str], CutPoint] = field(default_factory=dict)
    trusts: dict[tuple[str, str], TrustResult] = field(default_factory=dict)


def work_out(method: Method, rows: list[Row], entries: Sequence[Entry] = ()) -> Nation:
    """Apply the rules to every quarter in the rows; quarters do not touch each other.

    The entries of the registers count for a quarter as they stand on its last day.
    """
    nation = Nation()
    for quarter_id in sorted({row.quarter_id for row in rows}):
        mine = QuarterRows.of(method, quarter_id, rows)
        registers = Registers.on(method, method.last_day(quarter_id), mine.organisations, entries)
        QuarterWork(method, nation, mine, registers).run()
    return nation


@dataclass
class QuarterWork:
    """The steps of one quarter, in the order of the rules."""

    method: Method
    nation: Nation
    rows: QuarterRows
    registers: Registers

    def run(self) -> None:
        """Cells, completeness, scores, means, cut points, segments, ranks."""
        method, quarter_id, types = self.method, self.rows.quarter_id, self.rows.trust_types
        self.scope_and_registers()
        seen = self.rows.cells()
        complete = complete_types(method, seen)
        settled = [
            settle(method, cell, self.registers, is_complete=complete[cell.trust_type_id]) for cell in seen
        ]
        cells = score_quarter(method, settled, complete)
        for kind, is_complete in complete.items():
            self.nation.complete[quarter_id, kind] = is_complete
        for cell in cells:
            self.nation.cells[quarter_id, cell.trust_code, cell.metric_id] = cell
        by_trust: dict[str, list[Cell]] = {trust: [] for trust in types}
        for cell in cells:
            by_trust[cell.trust_code].append(cell)
        self.benchmarks(cells)
        self.domain_scores(by_trust, complete)
        self.overall(by_trust, complete)

    def scope_and_registers(self) -> None:
        """Who is in the quarter and is put into segments, and what the registers say of them."""
        quarter_id = self.rows.quarter_id
        for code, kind in self.rows.organisations.items():
            self.nation.is_segmented[quarter_id, code] = self.method.scope[kind]
            for metric_id in {row["metric_id"] for row in self.method.rows("metric_services")}:
                runs = self.registers.runs_service(code, metric_id)
                if runs is not None:
                    self.nation.runs_service[quarter_id, code, metric_id] = runs
        for key, said in self.registers.held.items():
            self.nation.in_force[quarter_id, *key] = said

    def benchmarks(self, cells: list[Cell]) -> None:
        """Rules 4: quartiles of the value within trust type, lower and upper by number; ranks by value."""
        groups: dict[tuple[str, str], dict[str, Fraction]] = {}
        for cell in cells:
            if cell.status == "scored" and cell.value is not None:
                groups.setdefault((cell.trust_type_id, cell.metric_id), {})[cell.trust_code] = cell.value
        for (kind, metric_id), values in groups.items():
            for row in self.method.rows("benchmark_quantiles"):
                share = Fraction(row["quantile"])
                key = (self.rows.quarter_id, kind, metric_id, row["benchmark_id"])
                self.nation.benchmarks[key] = half_up(quantile(list(values.values()), share))
            sign = 1 if self.method.metrics[metric_id].is_lower_better else -1
            ranks = competition_ranks({trust: sign * value for trust, value in values.items()})
            for trust, rank in ranks.items():
                self.nation.value_ranks[self.rows.quarter_id, trust, metric_id] = rank

    def domain_scores(self, by_trust: dict[str, list[Cell]], complete: dict[str, bool]) -> None:
        """Rules 2 and 3 for each scored domain: score, cut points, segment, and rank within trust type."""
        quarter_id, types = self.rows.quarter_id, self.rows.trust_types
        for row in self.method.rows("domains"):
            domain_id = row["domain_id"]
            if row["is_scored"] != "true":
                continue
            found = {
                trust: made
                for trust, cells in by_trust.items()
                if (made := domain_average(self.method, domain_id, cells, complete[types[trust]])) is not None
            }
            scores = {trust: made.rounded for trust, made in found.items()}
            segments = self.segments(domain_id, scores, complete)
            # In an incomplete type the score and its segment stand, a place among its trusts does not.
            ranks = self.ranks_within_type(
                {trust: s for trust, s in scores.items() if complete[types[trust]]}
            )
            for trust, made in found.items():
                key = (quarter_id, trust, domain_id)
                self.nation.domains[key] = made
                self.nation.domain_segments[key] = segments[trust]
                if trust in ranks:
                    self.nation.domain_ranks[key] = ranks[trust]

    def overall(self, by_trust: dict[str, list[Cell]], complete: dict[str, bool]) -> None:
        """Rules 2 to 4 for the whole trust; nothing overall in a trust type that is not complete."""
        method, quarter_id, types = self.method, self.rows.quarter_id, self.rows.trust_types
        results = {
            trust: TrustResult(
                trust_type_id=types[trust],
                average=average(method, cells) if complete[types[trust]] else None,
                override=override(method, self.rows, trust, self.registers),
                system=system_adjustment(method, types[trust], cells),
            )
            for trust, cells in by_trust.items()
        }
        scores = {trust: result.average.rounded for trust, result in results.items() if result.average}
        segments = self.segments(method.measure_ids["average_metric_score"], scores, complete)
        ranks = self.ranks_within_type(scores)
        floor = int(method.framework["override_segment_floor"])
        for trust, result in results.items():
            result.unadjusted, result.average_rank = segments.get(trust), ranks.get(trust)
            # Rules 7: the deficit limits the segment first, then the system's areas move it.
            result.adjusted = adjust(result.unadjusted, result.override.is_set, floor)
            if result.system:
                result.adjusted = result.system.move(result.adjusted)
            entry = programme(method, self.rows, trust, self.registers)
            result.final_basis = entry.basis
            if complete[types[trust]] and result.unadjusted is not None:
                result.final = int(method.framework["programme_segment"]) if entry.is_in else None
                if entry.is_in is False:
                    result.final = result.adjusted
            self.nation.trusts[quarter_id, trust] = result
        # By segment, then by score: one number orders as the pair does, because scores stay below 10.
        league = {
            trust: Fraction(result.adjusted * 10) + scores[trust]
            for trust, result in results.items()
            if result.adjusted is not None
        }
        for trust, rank in self.ranks_within_type(league).items():
            results[trust].league_rank = rank

    def segments(
        self, score_id: str, scores: dict[str, Fraction], complete: dict[str, bool]
    ) -> dict[str, int]:
        """The cut points of a score, kept, and the segment of each trust that has the score."""
        quarter_id, types = self.rows.quarter_id, self.rows.trust_types
        found = cut_points(self.method, quarter_id, score_id, scores=scores, types=types, complete=complete)
        is_inside = setting(self.method, score_id)["is_cut_point_inside"] == "true"
        for partition, points in found.items():
            for point in points:
                self.nation.cut_points[quarter_id, score_id, partition, point.boundary] = point
        parts = self.method.pool_parts[setting(self.method, score_id)["cut_pool_id"]]
        return {
            trust: segment_of(score, found[parts[types[trust]]], is_cut_point_inside=is_inside)
            for trust, score in scores.items()
        }

    def ranks_within_type(self, ordering: dict[str, Fraction]) -> dict[str, int]:
        """Competition ranks within each trust type, lowest first."""
        types = self.rows.trust_types
        ranks: dict[str, int] = {}
        for kind in set(types.values()):
            ranks |= competition_ranks(
                {trust: key for trust, key in ordering.items() if types[trust] == kind}
            )
        return ranks
