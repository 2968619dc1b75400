"""What the method's rows say of metrics, pools and trusts, as questions need it: read once for a quarter."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import duckdb


@dataclass(frozen=True)
class Metric:
    """A metric that is scored, or a part of one.

    Attributes:
        value_kind: number, label, or none where it is looked up from parts.
        unit_label: of its value.
        companion_unit_label: of the row that may stand beside the value and is not it; empty where none does.
        is_ranked: whether its score depends on the others of a pool.
        parts: the metrics that its score is looked up from.
    """

    metric_id: str
    score_id: str
    label: str
    domain_id: str
    value_kind: str
    unit_label: str
    companion_unit_label: str
    pool_id: str
    is_ranked: bool
    enters_average: bool
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Trust:
    """A trust of the quarter."""

    trust_code: str
    name: str
    trust_type_id: str


@dataclass(frozen=True)
class Facts:
    """The rows of one framework and quarter.

    Attributes:
        metrics: by identifier, in the order of the seed.
        trusts: by code.
        never: the metrics that no trust of a type has, as (metric, type).
        partitions: the part of a pool that a trust type is ranked in, by (pool, type).
        cut_partitions: the part of the pool that a score is cut in, by (score, type).
        override_inputs: the metrics that the financial override is derived from.
        domain_segments: the identifier of a domain's segment, by domain.
        summary: the identifier of a summary measure, by its role.
        others: what else a file may hold, by identifier, and what it is in words.
    """

    quarter_id: str
    quarter_label: str
    metrics: Mapping[str, Metric]
    trusts: Mapping[str, Trust]
    never: frozenset[tuple[str, str]]
    partitions: Mapping[tuple[str, str], str]
    cut_partitions: Mapping[tuple[str, str], str]
    override_inputs: frozenset[str]
    domain_segments: Mapping[str, str]
    summary: Mapping[str, str]
    others: Mapping[str, str]

    def made_of(self, metric_id: str) -> list[Metric]:
        """The metrics whose score is looked up from this one's."""
        return [each for each in self.metrics.values() if metric_id in each.parts]

    def pool_types(self, metric: Metric, trust_type_id: str) -> frozenset[str]:
        """The trust types that a metric ranks together with this one."""
        own = self.partitions.get((metric.pool_id, trust_type_id))
        return frozenset(
            kind for (pool, kind), part in self.partitions.items() if pool == metric.pool_id and part == own
        )


def read_facts(
    connection: duckdb.DuckDBPyConnection, *, framework_id: str, quarter_id: str, quarter_label: str
) -> Facts:
    """The facts of a quarter whose models are built.

    Args:
        connection: the private database.
        framework_id: the framework of the release.
        quarter_id: the quarter.
        quarter_label: the same as files write it.
    """

    def rows(query: str) -> list[tuple[str, ...]]:
        return connection.execute(query, {"framework": framework_id}).fetchall()

    parts: dict[str, tuple[str, ...]] = {
        metric_id: (row_id, column_id)
        for metric_id, row_id, column_id in rows(
            "select distinct metric_id, row_metric_id, column_metric_id from framework.matrix_cells "
            "where framework_id = $framework"
        )
    }
    metrics = [
        Metric(
            metric_id=row[0],
            score_id=row[1],
            label=row[2],
            domain_id=row[3],
            value_kind=row[4],
            unit_label=row[5],
            companion_unit_label=row[6],
            pool_id=row[7],
            is_ranked=bool(row[8]),
            enters_average=bool(row[9]),
            parts=parts.get(row[0], ()),
        )
        for row in rows(
            "select m.metric_id, m.score_id, m.metric_label, m.domain_id, m.value_kind, m.unit_label, "
            "coalesce(m.companion_unit_label, ''), m.pool_id, f.has_ranked_part, m.enters_average "
            "from framework.metrics as m inner join framework.scoring_families as f "
            "on m.framework_id = f.framework_id and m.scoring_family = f.scoring_family "
            "where m.framework_id = $framework and m.metric_role in ('scored', 'component') "
            "order by m.metric_id"
        )
    ]
    trusts = rows(
        "select trust_code, trust_name, trust_type_id from scoring.trust_quarters "
        "where framework_id = $framework order by trust_code"
    )
    domains = rows(
        "select domain_id, domain_segment_id, domain_label from framework.domains "
        "where framework_id = $framework"
    )
    measures = rows(
        "select measure_role, measure_id, measure_label from framework.summary_measures "
        "where framework_id = $framework"
    )
    others: dict[str, str] = defaultdict(str)
    others.update({each.score_id: f"the score of {each.metric_id}" for each in metrics})
    others.update({domain: f"the score of the domain {label}" for domain, _, label in domains})
    others.update({segment: f"the segment of the domain {label}" for _, segment, label in domains if segment})
    others.update({measure: label[:1].lower() + label[1:] for _, measure, label in measures})
    return Facts(
        quarter_id=quarter_id,
        quarter_label=quarter_label,
        metrics={each.metric_id: each for each in metrics},
        trusts={code: Trust(code, name, kind) for code, name, kind in trusts},
        never=frozenset(
            (metric_id, kind)
            for metric_id, kind in rows(
                "select metric_id, trust_type_id from framework.metric_applicability "
                "where framework_id = $framework and applicability = 'never'"
            )
        ),
        partitions={
            (pool, kind): part
            for pool, kind, part in rows(
                "select pool_id, trust_type_id, pool_partition_id from framework.pool_trust_types "
                "where framework_id = $framework"
            )
        },
        cut_partitions={
            (score, kind): part
            for score, kind, part in rows(
                "select s.score_id, p.trust_type_id, p.pool_partition_id from framework.segmentation as s "
                "inner join framework.pool_trust_types as p "
                "on s.framework_id = p.framework_id and s.cut_pool_id = p.pool_id "
                "where s.framework_id = $framework"
            )
        },
        override_inputs=frozenset(
            row[0]
            for row in rows("select metric_id from framework.override_inputs where framework_id = $framework")
        ),
        domain_segments={domain: segment or "" for domain, segment, _ in domains},
        summary={role: measure for role, measure, _ in measures},
        others=dict(others),
    )
