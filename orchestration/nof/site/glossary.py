"""The words of the release's closed lists in plain English: what a basis, a status or an outcome means."""

from collections.abc import Mapping

from nof.project import read_seed

# What a basis is called where a figure stands on it; empty for the one that needs no words.
SHORT_BASES: Mapping[str, str] = {
    "computed": "",
    "published": "as published",
    "restored": "as published",
    "carried_forward": "carried forward",
    "computed_partial_pool": "partial pool",
}
CUT_BASES: Mapping[str, str] = {
    "fixed": "",
    "computed": "",
    "observed": "observed cut points",
    "carried_forward": "cut points carried forward",
    "computed_partial_pool": "cut points of a partial pool",
}
# The same where a figure is made of others, and takes the weakest of what they stand on.
RESTS_ON: Mapping[str, str] = {
    "computed": "",
    "published": "rests on scores as published",
    "carried_forward": "rests on figures carried forward",
    "computed_partial_pool": "rests on a partial pool",
}
# Bases that no seed explains, by the column that they stand in.
OVERRIDE_BASES: Mapping[str, str] = {
    "published": "the flag is in a published file",
    "carried_forward": "in a forecast: the flag published for the quarter before",
    "derived": "no flag is published for the quarter: derived from plan, variance and deficit support",
    "unknown": "no flag is published and what it would be derived from is not in hand",
}
FINAL_BASES: Mapping[str, str] = {
    "published": "a published row of the quarter says it",
    "carried_forward": "in a forecast: published for the quarter before",
    "decision": "an entry of the programme register says it",
    "unknown": "nothing in hand says whether the trust is in the improvement programme, so there is no final "
    "segment",
}
ORIGINS: Mapping[str, str] = {
    "framework_file": "the framework's own data file",
    "source_publication": "made from another publication",
    "carried_forward": "carried forward from the quarter before",
}
# A framework may have a word of its own; then the word stands by itself.
CERTAINTIES: Mapping[str, str] = {
    "manual": "is stated in NHS England's methodology manual 2025/26",
    "data": "was recomputed from the published files and is exact",
    "fit": "fits the published files and is stated nowhere",
    "default": "is unknown; a value was chosen and kept as data, so that it can be changed",
    "stated": "is stated of another framework: of a draft, or of a year to come",
    "assumption": "was assumed where such a framework leaves it open",
}
# Why there is no average or domain score (`delivery_status`, `domain_status`).
SCORE_STATUSES: Mapping[str, str] = {
    "incomplete": "the trust type is not complete in this quarter",
    "no_metrics": "the trust has no scored metric for it",
}
KINDS: Mapping[str, str] = {
    "published_text": "published figure",
    "published_rank": "published rank",
    "value": "metric value",
    "value_rank": "rank by value",
    "metric_score": "metric score",
    "domain_score": "domain score",
    "domain_score_rank": "rank by domain score",
    "domain_segment": "domain segment",
    "average_metric_score": "average metric score",
    "average_score_rank": "rank by average",
    "unadjusted_segment": "unadjusted segment",
    "financial_override": "financial override",
    "adjusted_segment": "adjusted segment",
    "final_segment": "final segment",
    "league_rank": "league rank",
    "benchmark_lower_quartile": "lower quartile of a value",
    "benchmark_median": "median of a value",
    "benchmark_upper_quartile": "upper quartile of a value",
    "league_table_average_score": "league table: average score",
    "league_table_score_low": "league table: lower end of the likely score",
    "league_table_score_high": "league table: upper end of the likely score",
    "league_table_segment": "league table: segment",
    "league_table_deficit": "league table: deficit",
    "league_table_rank": "league table: rank",
    "league_table_rank_low": "league table: best likely rank",
    "league_table_rank_high": "league table: worst likely rank",
}
REASONS: Mapping[str, str] = {
    "restated_input": "a value, flag or register entry of its own was restated",
    "changed_method": "the method changed",
    "changed_pool": "others that it is ranked or cut with changed",
}


def spaced(word: str) -> str:
    """A word of a closed list as words: `not_applicable` becomes `not applicable`."""
    return word.replace("_", " ")


def kind(word: str) -> str:
    """What a kind of figure is called."""
    return KINDS.get(word, spaced(word))


def meanings(folder: str, name: str, key: str) -> dict[str, str]:
    """What each word of a seed means, in the order of the seed."""
    return {row[key]: row["meaning"] for row in read_seed(folder, name)}
