"""A quarter as the script gets it: rules, trusts, cells, cut points, and the figures it must find again."""

from typing import Any

from nof.explain.rows import Row
from nof.site.released import Released
from nof.site.what_if.asked import Asked
from nof.site.what_if.cells import Cells, plain
from nof.site.what_if.method import Method


def nation(released: Released, asked: Asked) -> dict[str, Any]:
    """All that the script needs of a quarter.

    Args:
        released: the release.
        asked: the quarter.
    """
    cells = Cells(released, asked.quarter_id)
    content = Method(released, asked.quarter_id).content(cells)
    segments = released.rows(
        "select * from fct_segment where quarter_id = ? order by trust_code", asked.quarter_id
    )
    places = {row["trust_code"]: place for place, row in enumerate(segments)}
    flag_id = content["summary"].get("financial_override", "")
    return {
        "quarterId": asked.quarter_id,
        "quarterLabel": asked.quarter_label,
        "isBundled": bool(released.release["is_bundled"]),
        "release": released.release["release_id"],
        **content,
        "types": [
            {
                "id": row["trust_type_id"],
                "label": released.type_of(row["trust_type_id"]).label
                if any(each.trust_type_id == row["trust_type_id"] for each in released.types)
                else row["trust_type_id"],
                "isComplete": row["is_complete"],
                "isAsked": any(each.trust_type_id == row["trust_type_id"] for each in asked.trust_types),
            }
            for row in released.rows(
                "select * from fct_completeness where quarter_id = ? order by trust_type_id", asked.quarter_id
            )
        ],
        "trusts": [
            {
                "code": row["trust_code"],
                "name": released.trusts[row["trust_code"]].name,
                "type": row["trust_type_id"],
                "flag": row["has_financial_override"],
                "flagBasis": row["override_basis"],
                "flagRows": cells.row_count(row["trust_code"], flag_id),
                "isInDeficit": row["is_in_deficit"],
                "hasSupport": row["has_deficit_support"],
                "isSupportConfidential": row["is_deficit_support_confidential"],
                "inProgramme": row["is_in_improvement_programme"],
                "isProgrammeKnown": row["final_segment_basis"] != "unknown",
                "released": _standing(row),
            }
            for row in segments
        ],
        "cells": {each["id"]: cells.of_metric(each["id"], places) for each in content["metrics"]},
        "domainScores": _domains(released, asked.quarter_id, places),
        "cuts": _cuts(released, asked.quarter_id),
    }


def _standing(row: Row) -> list[Any]:
    return [
        plain(row["average_metric_score"]),
        row["average_score_rank"],
        row["unadjusted_segment"],
        row["adjusted_segment"],
        row["final_segment"],
        row["league_rank"],
    ]


def _domains(released: Released, quarter_id: str, places: dict[str, int]) -> list[list[Any]]:
    return [
        [
            places[row["trust_code"]],
            row["domain_id"],
            plain(row["domain_score"]),
            row["domain_segment"],
            row["domain_score_rank"],
        ]
        for row in released.rows(
            "select * from fct_domain where quarter_id = ? and domain_score is not null"
            " order by trust_code, domain_id",
            quarter_id,
        )
    ]


def _cuts(released: Released, quarter_id: str) -> list[dict[str, Any]]:
    return [
        {
            "scoreId": row["score_id"],
            "partition": row["cut_partition_id"],
            "boundary": row["boundary"],
            "segment": row["segment"],
            "quantile": plain(row["quantile"]),
            "cutPoint": plain(row["cut_point"]),
            "basis": row["cut_point_basis"],
        }
        for row in released.rows(
            "select * from fct_cut_point where quarter_id = ? order by score_id, cut_partition_id, boundary",
            quarter_id,
        )
    ]
