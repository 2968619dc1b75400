"""The catalogue, pools and observed cut points, typed from the rules as in test_rules_as_stated.py."""

from harness_stated import held, table

ACUTE, MENTAL, AMBULANCE, ICB = "acute", "mental_health_and_community", "ambulance", "icb"
QUARTERS = ("2025-26-Q1", "2025-26-Q2", "2025-26-Q3", "2025-26-Q4")
# Rules 1: families by the standards, pools by their table; rules 0: the domains.
CATALOGUE = table("""
    OF0003  OF4000  lower   number  rank_with_standard  acute
    OF0005  OF4000  lower   number  rank                reporting
    OF0010  OF4000  higher  number  rank_with_standard  acute
    OF0011  OF4000  higher  number  rank_with_standard  acute
    OF0013  OF4000  higher  number  rank_with_standard  acute
    OF0014  OF4000  lower   number  rank                acute
    OF0016  OF4002  higher  number  rank                reporting
    OF0017  OF4000  lower   number  rank_with_standard  ambulance
    OF0020  OF4002  lower   number  rank_with_standard  acute
    OF0023  OF4000  higher  number  rank                acute
    OF0025  OF4005  lower   number  rank                acute
    OF0035  OF4005  lower   label   band                none
    OF0041  OF4000  higher  number  rank                reporting
    OF0048  OF4002  lower   number  rank_with_standard  acute
    OF0057  OF4005  higher  number  rank_with_floor     reporting
    OF0061  OF4002  higher  number  rank                within_trust_type
    OF0063  OF4005  lower   number  rank                reporting
    OF0067  OF4002  lower   label   band                none
    OF0079  OF4003  higher  number  band                none
    OF0080  OF4003  lower   none    matrix              none
    OF0081  OF4003  higher  number  band                none
    OF0082  OF4004  lower   number  rank                all_trusts
    OF0084  OF4004  higher  number  rank                within_trust_type
    OF0085  OF4003  higher  number  rank                acute
    OF0086  OF4003  lower   number  rank                mhc_and_ambulance
    OF0088  OF4002  lower   number  rank_with_standard  acute
    OF0106  OF4000  higher  number  rank_with_standard  acute
    UN0001  OF4005  lower   label   band                none
    UN0002  OF4005  lower   label   band                none
    UN0003  OF4005  higher  number  rank                ambulance
""")
# Rules 7, contextual metrics: beside the score, never in it.
BESIDE = table("""
    UN0004  OF4005  lower   label
    UN0005  OF4005  higher  number
    UN0006  OF4002  lower   number
    UN0007  OF4004  higher  number
    UN0008  OF4001  higher  number
    UN0009  OF4001  lower   number
    UN0010  OF4001  lower   number
""")
INFECTIONS = ("OF0020", "OF0048", "OF0088")
PARTS = {
    "all_trusts": {ACUTE: "all", MENTAL: "all", AMBULANCE: "all"},
    "within_trust_type": {ACUTE: ACUTE, MENTAL: MENTAL, AMBULANCE: AMBULANCE},
    "reporting": {ACUTE: "all", MENTAL: "all", AMBULANCE: "all"},
    "none": {ACUTE: "all", MENTAL: "all", AMBULANCE: "all"},
    "acute": {ACUTE: "all"},
    "mhc_and_ambulance": {MENTAL: "all", AMBULANCE: "all"},
    "ambulance": {AMBULANCE: "all"},
}


def test_each_metric_has_its_domain_polarity_family_and_pool() -> None:
    columns = "domain_id polarity value_kind scoring_family pool_id"
    assert held("metrics", "metric_id", columns) == CATALOGUE | {
        metric: (*said, "none", "none") for metric, said in BESIDE.items()
    }


def test_a_score_has_the_last_three_digits_of_its_metric() -> None:
    # Rules 0.
    stated = {metric: (f"{metric[:2]}1{metric[3:]}",) for metric in CATALOGUE}
    assert held("metrics", "metric_id", "score_id") == stated | dict.fromkeys(BESIDE, ("",))


def test_what_enters_the_average_and_weighs_as_what() -> None:
    # Rules 2: plan and variance enter by combined finance alone; the three infections together weigh as one.
    left_out = {"OF0079", "OF0081", *BESIDE}
    assert held("metrics", "metric_id", "enters_average weight_group_id") == {
        metric: (
            "false" if metric in left_out else "true",
            "infections" if metric in INFECTIONS else metric,
        )
        for metric in (*CATALOGUE, *BESIDE)
    }


def test_an_infection_metric_has_a_row_of_its_rate_and_one_of_its_count() -> None:
    # Rules 5: the rate is the value.
    companions = held("metrics", "metric_id", "companion_unit_label")
    assert {metric: unit for metric, (unit,) in companions.items() if unit} == {
        "OF0048": "count",
        "OF0088": "count",
    }


def test_types_that_a_pool_ranks_and_in_which_part() -> None:
    # Rules 1, the table of pools.
    assert held("pool_trust_types", "pool_id trust_type_id", "pool_partition_id") == {
        f"{pool} {kind}": (part,) for pool, parts in PARTS.items() for kind, part in parts.items()
    }


def test_pools_and_weight_groups_that_there_are() -> None:
    # Rules 1, the table of pools, and rules 2, the infections; their labels are words for readers.
    assert set(held("pools", "pool_id", "certainty")) == set(PARTS)
    assert set(held("weight_groups", "weight_group_id", "certainty")) == {"infections"}


def test_sizes_that_reproduce_every_published_score() -> None:
    # Rules 1, the table of pools: Q1, Q2, Q3, Q4.
    stated = table(
        """
        OF0082 all                          205 205 205 205
        OF0061 acute                        134 134 134 134
        OF0061 mental_health_and_community  61  61  61  61
        OF0061 ambulance                    10  10  10  10
        OF0084 acute                        134 134 134 134
        OF0084 mental_health_and_community  61  61  61  61
        OF0084 ambulance                    10  10  10  10
        OF0085 all                          134 134 134 134
        OF0086 all                          70  71  71  71
        OF0005 all                          121 120 118 120
        OF0057 all                          80  83  80  84
        OF0041 all                          68  70  70  70
        OF0016 all                          46  50  49  47
        OF0063 all                          48  48  48  48
        """,
        keys=2,
    )
    assert held("pool_sizes", "metric_id pool_partition_id quarter_id", "pool_size") == {
        f"{pool} {quarter}": (size,)
        for pool, sizes in stated.items()
        for quarter, size in zip(QUARTERS, sizes, strict=True)
    }


def test_core_metrics_of_each_type() -> None:
    # Rules 1, completeness.
    core = {f"{kind} OF00{end}" for kind in (ACUTE, MENTAL, AMBULANCE) for end in (61, 79, 81, 82, 84)}
    assert set(held("core_metrics", "trust_type_id metric_id", "source")) == core | {"acute OF0085"}


def test_which_type_every_trust_of_has_a_metric() -> None:
    # Rules 1, pools and completeness. e: every trust, w: where it applies, n: never; of acute trusts, of
    # mental health and community trusts, of ambulance trusts. The last: of ICBs it is shown beside, or not.
    stated = table("""
        OF0003  w n n w
        OF0005  w w n -
        OF0010  w n n w
        OF0011  w n n w
        OF0013  w n n w
        OF0014  w n n w
        OF0016  w w n w
        OF0017  n n e w
        OF0020  e n n w
        OF0023  w n n w
        OF0025  w n n w
        OF0035  w w n -
        OF0041  w w n w
        OF0048  w n n w
        OF0057  w w n w
        OF0061  e e e w
        OF0063  w w n w
        OF0067  w w w -
        OF0079  e e e w
        OF0080  e e e -
        OF0081  e e e w
        OF0082  e e e w
        OF0084  e e e w
        OF0085  e n n w
        OF0086  n e e -
        OF0088  w n n w
        OF0106  w n n -
        UN0001  w n n w
        UN0002  w n n -
        UN0003  n n e -
        UN0004  w w n -
        UN0005  w n n -
        UN0006  w n n -
        UN0007  w w w -
        UN0008  w w n -
        UN0009  w n n -
        UN0010  w n n -
    """)
    words = {"e": "every_trust", "w": "where_it_applies", "n": "never"}
    expected = {
        f"{metric} {kind}": (words[said], "contextual" if kind == ICB or metric in BESIDE else "scored")
        for metric, letters in stated.items()
        for kind, said in zip((ACUTE, MENTAL, AMBULANCE, ICB), letters, strict=True)
        if said
    }
    assert held("metric_applicability", "metric_id trust_type_id", "applicability treatment") == expected


def test_the_service_that_a_metric_is_about() -> None:
    # Rules 1: a metric about a service that the trust does not run is not scored.
    assert set(held("metric_services", "metric_id service_id", "source")) == {
        *("OF0003 elective_care", "OF0023 elective_care", "OF0106 elective_care"),
        *("OF0010 cancer_care", "OF0011 cancer_care"),
        *("OF0013 emergency_department", "OF0014 emergency_department"),
        *("OF0005 community", "OF0057 urgent_community_response", "OF0025 adult_inpatients"),
        *("OF0016 crisis_response", "OF0063 mental_health_beds"),
        "OF0041 children_and_young_people_mental_health",
    }


def test_the_highest_score_inside_and_the_lowest_outside_of_each_boundary() -> None:
    # Rules 3, cut points observed: inside and outside of 1/2, 2/3 and 3/4.
    stated = table(
        """
        2025-26-Q1 OF4000  1.68 1.96  2.35 2.39  2.85 2.88
        2025-26-Q1 OF4002  2.10 2.18  2.55 2.58  3.04 3.14
        2025-26-Q1 OF4003  1.74 1.78  2.20 2.22  2.54 2.83
        2025-26-Q1 OF4004  1.94 2.03  2.50 2.55  2.90 3.07
        2025-26-Q1 OF4005  1.85 1.94  2.14 2.18  2.41 2.49
        2025-26-Q1 OF5002  2.04 2.06  2.32 2.33  2.60 2.65
        2025-26-Q2 OF4000  1.86 1.89  2.36 2.39  2.82 2.87
        2025-26-Q2 OF4002  2.11 2.14  2.53 2.57  2.99 3.11
        2025-26-Q2 OF4003  1.66 1.73  2.17 2.20  2.72 2.76
        2025-26-Q2 OF4004  2.03 2.05  2.54 2.55  2.97 3.12
        2025-26-Q2 OF4005  1.89 1.94  2.17 2.20  2.49 2.52
        2025-26-Q2 OF5002  2.06 2.07  2.34 2.35  2.64 2.69
        2025-26-Q3 OF4000  1.91 1.92  2.37 2.38  2.89 2.91
        2025-26-Q3 OF4002  2.10 2.11  2.47 2.48  2.91 2.93
        2025-26-Q3 OF4003  1.71 1.73  2.29 2.32  2.85 2.86
        2025-26-Q3 OF4004  1.98 1.99  2.51 2.53  3.05 3.07
        2025-26-Q3 OF4005  1.88 1.89  2.20 2.21  2.50 2.52
        2025-26-Q3 OF5002  2.06 2.08  2.35 2.36  2.70 2.71
        2025-26-Q4 OF4000  1.73 1.89  2.22 2.23  2.70 2.80
        2025-26-Q4 OF4002  2.00 2.10  2.44 2.47  2.93 3.26
        2025-26-Q4 OF4003  1.62 1.64  2.11 2.14  2.72 2.73
        2025-26-Q4 OF4004  1.94 1.97  2.53 2.60  3.02 3.07
        2025-26-Q4 OF4005  1.89 1.90  2.20 2.23  2.48 2.57
        2025-26-Q4 OF5002  2.02 2.11  2.29 2.31  2.57 2.60
        """,
        keys=2,
    )
    observed = held(
        "observed_cut_points",
        "quarter_id score_id boundary",
        "highest_score_inside lowest_score_outside",
        None,
    )
    assert observed == {
        f"{score} {boundary}": edges[place : place + 2]
        for score, edges in stated.items()
        for boundary, place in (("1/2", 0), ("2/3", 2), ("3/4", 4))
    }
