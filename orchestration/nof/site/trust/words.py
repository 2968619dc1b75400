"""Words for what stands beside a figure: its basis, its status, how a segment came about in a sentence."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from markupsafe import Markup

from nof.explain.figures import counted, fix, plain, score
from nof.explain.model import SourceFile
from nof.explain.rows import Row
from nof.project import read_seed
from nof.site.released import Released

# In a table each word stands alone; `basis_meanings` says what they mean.
BASES: Mapping[str | None, str] = {
    None: "",
    "computed": "computed",
    "published": "published score taken over",
    "carried_forward": "carried forward",
    "computed_partial_pool": "computed from part of the pool only",
    "observed": "seen in the published scores",
    "fixed": "fixed by the framework",
    "derived": "derived here",
    "decision": "a decision in the register",
    "unknown": "not known",
}
OF_A_SEGMENT: Mapping[str | None, str] = {**BASES, "published": "rests on published figures"}


def basis_meanings() -> tuple[tuple[str, str], ...]:
    """Each word for a basis, and what it means."""
    return tuple((BASES[row["score_basis"]], row["meaning"]) for row in read_seed("framework", "score_bases"))


def explanation_meanings() -> Mapping[str, str]:
    """Why a recomputed figure is as it is to the published one, in words."""
    return {
        row["explanation"]: row["meaning"] for row in read_seed("framework", "reconciliation_explanations")
    }


def measure_labels(released: Released) -> Mapping[str, str]:
    """What each segment is called, by the identifier of its measure; those of the average first."""
    domains = {
        row["domain_segment_id"]: row["domain_label"]
        for row in read_seed("framework", "domains")
        if row["framework_id"] == released.framework_id
    }
    measures = released.rows("select measure_id, measure_role from method_summary_measures")
    labels = {"adjusted_segment": "Adjusted segment", "unadjusted_segment": "Unadjusted segment"}
    of_the_average = {
        row["measure_id"]: label
        for role, label in labels.items()
        for row in measures
        if row["measure_role"] == role
    }
    return of_the_average | domains


def headline(now: Row, why_none: str, noun: str = "trust") -> str:
    """How the segment came about, in one or two sentences.

    Args:
        now: the row of fct_segment.
        why_none: why there is no average metric score, where there is none.
        noun: what to call the organisation.
    """
    if now["average_metric_score"] is None:
        return (
            f"There is no average metric score, no segment and no league rank: {why_none}. "
            "What is in hand is shown below."
        )
    by_itself = f"The average metric score is {score(now['average_metric_score'])}"
    if now["unadjusted_segment"] is None:
        return f"{by_itself}; there are no cut points, so there is no segment."
    told = f"{by_itself}, which alone makes segment {now['unadjusted_segment']}. "
    return told + _override(now) + _programme(now, noun)


def _override(now: Row) -> str:
    unadjusted, adjusted = now["unadjusted_segment"], now["adjusted_segment"]
    if adjusted is None:
        return "Whether the financial override applies is not known, so there is no adjusted segment."
    if now["system_segment_steps"]:
        return f"The override and the adjustment for the system make it {adjusted}."
    if now["has_financial_override"]:
        limit = f"segment {now['override_segment_floor']}"
        if adjusted == unadjusted:
            return f"The financial override, no better than {limit}, changes nothing: it stays {adjusted}."
        return f"The financial override allows no better than {limit}, so it is {adjusted}."
    return f"No financial override changes it: the adjusted segment is {adjusted}."


def _programme(now: Row, noun: str) -> str:
    if now["is_in_improvement_programme"]:
        return f" The {noun} is in the improvement programme, so its final segment is {now['final_segment']}."
    return ""


def age(row: Row | None) -> str:
    """How old a value is, in a few words; empty where that is not known."""
    if row is None or row["age_days_at_quarter_end"] is None:
        return "age not known" if row is not None and row["reporting_period_label"] else ""
    days = row["age_days_at_quarter_end"]
    if days > 0:
        return f"ended {counted(days, 'day')} before the quarter did"
    return "ended with the quarter" if days == 0 else f"ends {counted(-days, 'day')} after the quarter does"


def standard(row: Row) -> str:
    """The standard or floor of a metric, and whether it is met; empty where it has none."""
    if row["threshold_kind"] is None:
        return ""
    verdicts = {True: "met", False: "missed", None: "not known"}
    verdict = verdicts[row["is_threshold_met"]]
    return f"{row['threshold_kind'].capitalize()} {verdict}"


def asked(row: Row) -> str:
    """What a standard or floor asks for, without its figure."""
    return {"at_least": "at least", "at_most": "at most"}.get(row["threshold_comparator"] or "", "")


def percent(share: Decimal | None) -> str:
    """A share as a percentage without decimals where it is not near an end."""
    if share is None:
        return ""
    return f"{plain(share * 100, 1)} %"


def places(number: Decimal, count: int = 3) -> str:
    """A number with always so many decimals, halves up."""
    return f"{fix(number, count):f}"


class Places:
    """The files that the lines of a page name, as links to the list at its end."""

    def __init__(self, files: Iterable[SourceFile]) -> None:
        """Know the files.

        Args:
            files: of the explanation.
        """
        self._links = [
            (f"[{file.label}]", Markup('<a href="#{0}">{0}</a>').format(file.label)) for file in files
        ]

    def linked(self, text: str) -> Markup:
        """A line with its labels as links; everything else is shown as it is."""
        shown = Markup("{}").format(text)
        for label, link in self._links:
            if label in text:
                shown = Markup(str(shown).replace(label, link))
        return shown
