"""A small release made by hand for the tests of `nof explain`; every figure in it is worked out by hand."""

import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import yaml
from rich.console import Console

from nof.explain import Explanation, Unsegmented, explain, render
from nof.project import project_root, read_seed

FRAMEWORK, QUARTER = "nof-2025-26", "2025-26-Q1"
FILE_NAME = "nhs-oversight-framework-mental-health-and-community-trust-data-q1-q3-2025-26.csv"
MHC = "mental_health_and_community"
POOL = "Every trust that reports it"
Rows = dict[str, list[dict[str, Any]]]


def scored(metric_id: str, domain_id: str, score: str, family: str = "rank", **more: Any) -> dict[str, Any]:
    """A row of fct_metric with a score."""
    unrounded = Decimal(score)
    return {
        "trust_code": "AAA", "metric_id": metric_id, "score_id": metric_id[:2] + "1" + metric_id[3:],
        "trust_type_id": MHC, "domain_id": domain_id, "cell_status": "scored",
        "metric_score_unrounded": unrounded, "metric_score": round(unrounded + Decimal("1e-9"), 2),
        "score_basis": "computed", "is_grid_restored": False, "scoring_family": family,
        "is_fixed_part": family in {"band", "matrix"}, "pool_partition_id": "all", "enters_average": True,
        "weight_group_id": metric_id, "is_rounded_before_averaging": False, "file_id": "f-one",
        "unit_label": "%", "reporting_period_label": "Q1 2025/26",
    } | more  # fmt: skip


def small_release() -> Rows:
    """One trust with every family and four beside it, and one acute trust of a type that is not complete."""
    standing = {"threshold_kind": "standard", "threshold": 1, "is_threshold_met": False, "ranked_count": 106}
    infections = {"weight_group_id": "infections", "is_pool_complete": True}
    metrics = [
        scored("OF0005", "OF4000", "3.4", value="12.5", row_number=2, pool_rank=30, ranked_count=41,
               expected_pool_size=121, is_pool_complete=False, score_basis="published",
               is_grid_restored=True, published_score="3.40", score_file_id="f-one", score_row_number=12,
               score_quarter_id=QUARTER,
               is_rounded_before_averaging=True, lower_quartile_value="1.2", median_value=5,
               upper_quartile_value="9.75", benchmark_trust_count=41,
               benchmark_basis="computed", value_rank=30, value_rank_count=41,
               value_rank_origin="published_rank"),
        # 1 + 3 x 32/60
        scored("OF0061", "OF4002", "2.6", value="6.5", row_number=3, pool_rank=33, ranked_count=61,
               expected_pool_size=61, is_pool_complete=True, rank_origin="published_rank",
               unit_label="out of 10", published_score="2.61", score_file_id="f-one", score_row_number=13),
        # 2 + 2 x 109/114 and 2 + 2 x 4/105
        scored("OF0020", "OF4002", "3.912280701754386", "rank_with_standard", value=11, row_number=4,
               pool_rank=110, **standing | {"ranked_count": 115, "threshold": 0}, **infections),
        scored("OF0048", "OF4002", "2.076190476190476", "rank_with_standard", value="1.04", row_number=5,
               pool_rank=5, **standing, **infections),
        scored("OF0088", "OF4002", "1", "rank_with_standard", value="0.84", row_number=6, **infections,
               **standing | {"is_threshold_met": True}, is_fixed_part=True),
        scored("OF0057", "OF4005", "4", "rank_with_floor", value="64.2", row_number=7, threshold_kind="floor",
               threshold=70, is_threshold_met=False, is_fixed_part=True),
        scored("OF0079", "OF4003", "2", "band", value="-0.6", row_number=8, enters_average=False),
        scored("OF0081", "OF4003", "3", "band", value="-0.7", row_number=9, enters_average=False),
        scored("OF0080", "OF4003", "3", "matrix", file_id=None),
        scored("OF0082", "OF4004", "0") | {"cell_status": "suppressed", "metric_score_unrounded": None,
               "metric_score": None, "score_basis": None, "row_number": 10, "missing_reason_id": "shorthand"},
        scored("OF0061", "OF4002", "1", trust_code="CCC", trust_type_id="acute", row_number=2, value="6.9",
               pool_partition_id="acute",
               pool_rank=1, ranked_count=1, score_basis="computed_partial_pool", file_id="f-two"),
        scored("OF0082", "OF4004", "0", trust_code="CCC", trust_type_id="acute") | {"cell_status": "absent",
               "metric_score_unrounded": None, "metric_score": None, "score_basis": None, "file_id": None},
    ]  # fmt: skip
    described = [
        ("OF0005", "Waits over 52 weeks", "lower", None),
        ("OF0061", "Raising concerns", "higher", None),
        ("OF0020", "MRSA", "lower", "at_most"),
        ("OF0048", "E. coli", "lower", "at_most"),
        ("OF0088", "C. difficile", "lower", "at_most"),
        ("OF0057", "Urgent response", "higher", "at_least"),
        ("OF0079", "Plan", "higher", None),
        ("OF0081", "Variance", "higher", None),
        ("OF0080", "Combined finance", "lower", None),
        ("OF0082", "Sickness", "lower", None),
    ]
    cuts = [("1/2", 1, "2.04", "2.06"), ("2/3", 2, "2.99", "3.01"), ("3/4", 3, "3.19", "3.21")]
    segment = {
        "trust_type_id": MHC,
        "delivery_status": "scored",
        "override_segment_floor": 3,
        "league_trust_count": 5,
    }
    return {
        "dim_quarter": [{"quarter_id": QUARTER, "quarter_label": "Q1 2025/26"}],
        "dim_trust": [
            {"trust_code": "AAA", "trust_name": "Alder Trust", "trust_type_id": MHC,
             "trust_type_label": "Mental health and community trust", "region_label": "East",
             "organisation_kind": "provider"},
            {"trust_code": "CCC", "trust_name": "Cedar Trust", "trust_type_id": "acute",
             "trust_type_label": "Acute trust"},
            {"trust_code": "GGG", "trust_name": "Gorse Trust", "trust_type_id": MHC,
             "trust_type_label": "Mental health and community trust"},
        ],
        "dim_metric": [
            {"metric_id": key, "metric_label": label, "polarity": polarity,
             "threshold_comparator": comparator, "pool_label": POOL}
            for key, label, polarity, comparator in described
        ],
        "dim_domain": [{"domain_id": "OF4002", "domain_label": "Patient safety"},
                       {"domain_id": "OF4004", "domain_label": "People and workforce"}],
        "dim_file": [{"file_id": "f-one", "file_name": FILE_NAME, "sha256": "0123456789abcdef"},
                     {"file_id": "f-two", "file_name": "acute.csv", "sha256": "fedcba9876543210"}],
        "fct_completeness": [
            {"trust_type_id": MHC, "expected_trust_count": 61, "core_metric_count": 5,
             "weakest_core_metric_count": 60, "is_complete": True},
            {"trust_type_id": "acute", "expected_trust_count": 134, "core_metric_count": 6,
             "weakest_core_metric_count": 0, "is_complete": False},
        ],
        "fct_metric": metrics + [
            {"trust_code": f"Z{number}", "metric_id": "OF0061", "trust_type_id": MHC, "domain_id": "OF4002",
             "pool_partition_id": "all", "pool_rank": rank}
            for number, rank in enumerate([*range(1, 33), 33, 35])
        ] + [
            # Two more among whom the infection scores are ranked, so that the ranks have someone before them.
            {"trust_code": f"Y{number}", "metric_id": metric_id, "trust_type_id": MHC, "domain_id": "OF4002",
             "pool_partition_id": "all", "pool_rank": number}
            for metric_id, last in (("OF0020", 109), ("OF0048", 4)) for number in range(1, last + 1)
        ],
        # infections (3.912280701754386 + 2.076190476190476 + 1) / 3 = 2.329490392648287;
        # (3.4 + 2.6 + 2.329490392648287 + 4 + 3) / 5 = 15.329490392648287 / 5 = 3.065898078529657
        "fct_segment": [
            segment | {
                "trust_code": "AAA", "average_metric_score_unrounded": "3.065898078529657",
                "average_metric_score": "3.07", "average_basis": "published", "unadjusted_segment": 3,
                "segment_basis": "published", "has_financial_override": True, "override_basis": "published",
                "override_reason": "OF5004 as published", "override_file_id": "f-one",
                "override_row_number": 14, "plan_and_variance": "-1.3", "is_in_deficit": True,
                "override_limb": "deficit", "system_segment_steps": 0,
                "adjusted_segment": 3, "final_segment": 3, "final_segment_basis": "published",
                "is_in_improvement_programme": False, "programme_measure_id": "OF5007",
                "programme_file_id": "f-one", "programme_row_number": 15,
                "league_rank": 4, "league_rank_basis": "computed", "average_score_rank": 4,
            },
            *(segment | {"trust_code": code, "adjusted_segment": adjusted, "average_metric_score": average}
              for code, adjusted, average in (("DDD", 1, "1.5"), ("EEE", 2, "3.00"), ("FFF", 3, "2.10"),
                                              ("HHH", 3, "3.07"))),
            {"trust_code": "CCC", "trust_type_id": "acute", "delivery_status": "incomplete",
             "override_basis": "unknown",
             "override_reason": "no published flag, and plan or variance is missing",
             "final_segment_basis": "unknown"},
        ],
        # (2.6 + 2.329490392648287) / 2 = 2.464745196324144
        "fct_domain": [
            {"trust_code": "AAA", "domain_id": "OF4002", "domain_status": "scored",
             "domain_score_unrounded": "2.464745196324144", "domain_score": "2.46",
             "domain_score_basis": "computed", "domain_segment": 2, "domain_segment_basis": "published",
             "domain_score_rank": 9},
            {"trust_code": "AAA", "domain_id": "OF4004", "domain_status": "no_metrics"},
            {"trust_code": "CCC", "domain_id": "OF4004", "domain_status": "incomplete"},
        ],
        "fct_cut_point": [
            {"score_id": score_id, "cut_partition_id": "all", "boundary": boundary, "segment": number,
             "quantile": "0.25", "cut_point": (Decimal(inside) + Decimal(outside)) / 2,
             "cut_point_basis": "observed", "highest_score_inside": inside, "lowest_score_outside": outside,
             "trusts_counted": 61}
            for score_id in ("OF5002", "OF4002") for boundary, number, inside, outside in cuts
        ],
        "fct_reconciliation": [
            {"figure_kind": kind, "measure_id": measure, "trust_code": code, "recomputed_figure": made,
             "published_figure": said, "outcome": outcome, "file_id": "f-one", "row_number": row}
            for kind, measure, code, made, said, outcome, row in (
                ("adjusted_segment", "OF5000", "AAA", 3, 3, "agrees", 20),
                ("metric_score", "OF1005", "AAA", "3.4", "3.4", "restored", 12),
                ("metric_score", "OF1061", "AAA", "2.6", "2.61", "differs", 13),
                ("benchmark_median", "OF0005", MHC, "5", "5", "agrees", 2),
            )
        ],
    }  # fmt: skip


def write(folder: Path, tables: Rows) -> Path:
    """Write the tables with the published columns and types; what a row does not name is null."""
    database = folder / "nof.duckdb"
    with duckdb.connect(str(database)) as connection:
        connection.execute("begin")
        connection.execute("create schema publication")
        for path in sorted((project_root() / "models" / "publication").glob("*.yml")):
            for model in yaml.safe_load(path.read_text(encoding="utf-8")).get("models", []):
                columns = {column["name"]: column["data_type"] for column in model["columns"]}
                listed = ", ".join(f"{name} {kind}" for name, kind in columns.items())
                connection.execute(f"create table publication.{model['name']} ({listed})")
                rows = tables.get(model["name"], [])
                if model["name"].startswith("method_") and model["name"] not in tables:
                    # A seed may say more than is published of it.
                    rows = [
                        {name: cell for name, cell in row.items() if name in columns}
                        for row in seed_rows(model["name"].removeprefix("method_"))
                    ]
                for row in rows:
                    whole = {"framework_id": FRAMEWORK, "quarter_id": QUARTER} | row
                    given = {name: value for name, value in whole.items() if name in columns}
                    assert row.keys() <= columns.keys(), row.keys() - columns.keys()
                    marks = ", ".join("?" for _ in given)
                    insert = f"insert into publication.{model['name']} ({', '.join(given)}) values ({marks})"
                    connection.execute(insert, list(given.values()))
        connection.execute("commit")
    return database


def seed_rows(name: str) -> list[dict[str, Any]]:
    """The rows of a seed as its method table holds them; none where the table is made from several."""
    if not (project_root() / "seeds" / "framework" / f"{name}.csv").is_file():
        return []
    return [{key: cell or None for key, cell in row.items()} for row in read_seed("framework", name)]


def printed(explanation: Explanation | Unsegmented, width: int = 100, metric: str | None = None) -> str:
    """What a file would receive."""
    out = io.StringIO()
    render(explanation, Console(file=out, width=width), metric=metric)
    return out.getvalue()


def joined(text: str) -> str:
    """The text with lines put together again, for looking up sentences that wrap."""
    return " ".join(text.split())


def walked(
    database: Path, asked: str, quarter: str = QUARTER, framework_id: str | None = None
) -> Explanation:
    """The explanation of an organisation that the framework segments."""
    found = explain(database, asked, quarter, framework_id=framework_id)
    assert isinstance(found, Explanation)
    return found
