"""What the seeds let a file say: quarters, trust types, identifiers, shorthand, labels and registers.

Rows of all frameworks count: which framework judges a file is not decided while landing.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from nof.landing.text import clean
from nof.project import read_seed
from nof.quarters import plain_quarter


@dataclass(frozen=True)
class Subject:
    """What an entry of a register can be about.

    Attributes:
        subject_id: as the Subject column says it; `metric` and `service` stand for any of them.
        kind: listed, metric or service.
        value_kind: label, number, date, text or organisation.
        allows_many: several values stand side by side for one organisation.
        values: the labels that the Value may have, casefolded to as written; empty but for labels.
    """

    subject_id: str
    subject_label: str
    kind: str
    value_kind: str
    allows_many: bool
    values: Mapping[str, str]


@dataclass(frozen=True)
class Exclusion:
    """Rows of a source publication that are summed in a group of their own, by a code in one column.

    Attributes:
        column_name: as published.
    """

    column_name: str
    code: str
    group_id: str


@dataclass(frozen=True)
class Register:
    """One use of the dated register; `allows_all`: ALL may stand for all organisations of its kind."""

    register_id: str
    allows_all: bool
    subjects: tuple[Subject, ...]


@dataclass(frozen=True)
class Lookups:
    """The seeds, as landing asks them.

    Attributes:
        quarter_ids: by published label.
        trust_type_ids: by published label in casefolded form.
        metric_ids: every identifier that a row may carry.
        quarter_telling_ids: those of domain and summary rows, whose Reporting_date is the quarter.
        shorthand: what may stand in a number column for a value, casefolded; the empty cell is one.
        shorthand_shown: the same as a reader writes it.
        labels: the labels that the Value of a metric may have, by metric, casefolded to as written.
            A metric whose value is a label and that has no bands is here with none: any label will do.
        metrics: identifiers of metrics alone, without those of scores, domains and the summary.
        services: identifiers of services.
        registers: the uses of the register, by identifier.
        trust_types_shown: the labels of trust types as published.
        source_exclusions: of source publications, by the name of their landing table.
    """

    quarter_ids: Mapping[str, str]
    trust_type_ids: Mapping[str, str]
    metric_ids: frozenset[str]
    quarter_telling_ids: frozenset[str]
    shorthand: frozenset[str]
    shorthand_shown: str
    labels: Mapping[str, Mapping[str, str]]
    metrics: frozenset[str]
    services: frozenset[str]
    registers: Mapping[str, Register]
    trust_types_shown: str
    source_exclusions: Mapping[str, tuple[Exclusion, ...]]

    def quarter_meant(self, text: str) -> str | None:
        """The label of a known quarter that is written another way, such as `2025/26 Q1`."""
        plain = plain_quarter(text)
        for label, quarter_id in self.quarter_ids.items():
            if plain in {plain_quarter(label), plain_quarter(quarter_id)}:
                return label
        return None


def read_lookups() -> Lookups:
    """The lookups of the seeds in force."""
    metrics = read_seed("framework", "metrics")
    domains = read_seed("framework", "domains")
    telling = {row[name] for row in domains for name in ("domain_id", "domain_segment_id")}
    telling |= {row["measure_id"] for row in read_seed("framework", "summary_measures")}
    named = {row[name] for row in metrics for name in ("metric_id", "score_id")}
    symbols = [row["symbol"] for row in read_seed("framework", "shorthand")]
    bands: dict[str, dict[str, str]] = defaultdict(dict)
    for row in read_seed("framework", "label_bands"):
        bands[row["metric_id"]][clean(row["band_label"]).casefold()] = row["band_label"]
    return Lookups(
        quarter_ids={row["quarter_label"]: row["quarter_id"] for row in read_seed("reference", "quarters")},
        trust_type_ids={
            clean(row["trust_type_label"]).casefold(): row["trust_type_id"]
            for row in read_seed("reference", "trust_type_labels")
        },
        metric_ids=frozenset((named | telling) - {""}),
        quarter_telling_ids=frozenset(telling - {""}),
        shorthand=frozenset(clean(symbol).casefold() for symbol in symbols),
        shorthand_shown=", ".join(symbol or "an empty cell" for symbol in symbols),
        labels={row["metric_id"]: bands[row["metric_id"]] for row in metrics if row["value_kind"] == "label"},
        metrics=frozenset(row["metric_id"] for row in metrics),
        services=frozenset(row["service_id"] for row in read_seed("framework", "services")),
        registers=_registers(),
        trust_types_shown=", ".join(
            row["trust_type_label"] for row in read_seed("reference", "trust_type_labels")
        ),
        source_exclusions=_source_exclusions(),
    )


def _source_exclusions() -> dict[str, tuple[Exclusion, ...]]:
    found: dict[str, tuple[Exclusion, ...]] = defaultdict(tuple)
    for row in read_seed("reference", "source_exclusions"):
        found[row["dataset_id"]] += (Exclusion(row["column_name"], clean(row["code"]), row["group_id"]),)
    return dict(found)


def _registers() -> dict[str, Register]:
    values: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for row in read_seed("reference", "register_values"):
        label = row["value_label"]
        values[row["register_id"], row["subject_id"]][clean(label).casefold()] = label
    subjects: dict[str, list[Subject]] = defaultdict(list)
    for row in read_seed("reference", "register_subjects"):
        subjects[row["register_id"]].append(
            Subject(
                subject_id=row["subject_id"],
                subject_label=row["subject_label"],
                kind=row["subject_kind"],
                value_kind=row["value_kind"],
                allows_many=row["allows_many"] == "true",
                values=values[row["register_id"], row["subject_id"]],
            )
        )
    return {
        row["register_id"]: Register(
            register_id=row["register_id"],
            allows_all=row["allows_all"] == "true",
            subjects=tuple(subjects[row["register_id"]]),
        )
        for row in read_seed("reference", "registers")
    }
