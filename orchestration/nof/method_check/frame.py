"""What a framework is made of: its numbers, the organisations it is about, its domains."""

from collections.abc import Iterator

from nof.errors import Problem
from nof.method_check.method import Method

FRAMEWORK_NUMBERS = ("core_metric_share", "override_sum_below", "override_segment_floor", "programme_segment")


def _framework(method: Method) -> Iterator[Problem]:
    (row,) = method.rows("frameworks")
    for column in FRAMEWORK_NUMBERS:
        if not row[column]:
            yield method.lacks("frameworks", column)


def _scope(method: Method) -> Iterator[Problem]:
    named = {row["trust_type_id"] for row in method.rows("organisation_scope")}
    for trust_type_id in method.trust_types:
        if trust_type_id not in named:
            yield method.lacks(
                "organisation_scope", f"{trust_type_id}: how many there are and whether they are segmented"
            )
    if not method.segmented:
        yield method.lacks("organisation_scope", "an organisation type that is segmented")


def _domains(method: Method) -> Iterator[Problem]:
    if not method.domains:
        yield method.lacks("domains", "a domain that is scored")
    averaged = {row["domain_id"] for row in method.metrics if row["enters_average"] == "true"}
    for domain_id in method.domains:
        if domain_id not in averaged:
            yield method.lacks("metrics", f"a metric that enters the average of the domain {domain_id}")
    known = {row["domain_id"] for row in method.rows("domains")}
    for domain_id in sorted({row["domain_id"] for row in method.metrics} - known):
        yield method.lacks("domains", f"{domain_id}, which metrics are in")


CHECKS = (
    _framework,
    _scope,
    _domains,
)
