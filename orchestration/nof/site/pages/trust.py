"""A page for each trust: its segment, how it came about, every metric to file and row; its data."""

from collections.abc import Iterator, Mapping
from typing import Any

from nof.site.model import Output, Page, Step
from nof.site.released import Released
from nof.site.trust import words
from nof.site.trust.data import data_file, data_path
from nof.site.trust.drawings import TrustDrawings
from nof.site.trust.metrics import pull, show_metrics
from nof.site.trust.read import TrustRead, read_trusts
from nof.site.trust.sure import average_sentences, by_measure, stability_sentence


def make(released: Released) -> Iterator[Output]:
    """A page and a data file for every trust."""
    drawings = TrustDrawings(released)
    shared = {
        "words": words,
        "pull": pull,
        "bases": words.basis_meanings(),
        "measures": words.measure_labels(released),
        "explanations": words.explanation_meanings(),
    }
    for read in read_trusts(released):
        yield data_file(read)
        yield _page(read, released, drawings, shared)


def _page(read: TrustRead, released: Released, drawings: TrustDrawings, shared: Mapping[str, Any]) -> Page:
    trust, walk = read.trust, read.explanation
    trust_type = released.type_of(trust.trust_type_id)
    has_league = trust.quarter_id in trust_type.league_quarter_ids
    pulls = [abs(row["distance_from_peer_median"] or 0) for row in read.contributions]
    return Page(
        path=trust.path,
        template="pages/trust.html.j2",
        title=trust.name,
        section="trusts.html",
        trail=(Step("Trusts", "trusts.html"),),
        filled={
            **shared,
            "t": read,
            "trust": trust,
            "walk": walk,
            "noun": read.facts.noun,
            "now": read.now,
            "linked": words.Places(walk.files).linked,
            "quarter_label": released.quarter_labels[trust.quarter_id],
            "headline": words.headline(read.now, walk.average_absence, read.facts.noun),
            "metrics": show_metrics(read, released.quarter_labels),
            "charts": drawings.of(read),
            "largest_pull": max(pulls, default=0),
            "probable": by_measure(read),
            "distances": average_sentences(read),
            "stability": stability_sentence(read),
            "context_rows": {row["metric_id"]: row for row in read.facts.beside.context},
            "data_path": data_path(trust.trust_code),
            "league_path": trust_type.league_path(trust.quarter_id) if has_league else None,
            "neighbours": tuple(
                released.trusts[row["trust_code"]]
                for row in read.neighbours
                if row["trust_code"] in released.trusts
            ),
        },
    )
