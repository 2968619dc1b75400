"""What if: answers on the bundled nation that are worked by hand, and what must hold of every answer."""

import re
from collections.abc import Iterator
from dataclasses import asdict
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from harness_what_if import Q3, Q4, asked, bundled_nation, moved
from rich.console import Console

from harness_some import some
from nof.errors import UsageRefused
from nof.whatif import Change, WhatIf
from nof.whatif.model import FIGURES, ROW_COLUMNS
from nof.whatif.render import render
from nof.whatif.words import written

PAGE = Path(__file__).resolve().parents[2] / "docs" / "methodology" / "what-if.md"

AMBULANCE = tuple(f"ZY{number}" for number in range(10))


@pytest.fixture(scope="module")
def nation(tmp_path_factory: pytest.TempPathFactory) -> WhatIf:
    return bundled_nation(tmp_path_factory)


def test_the_best_of_ten_is_given_1_and_those_it_passes_a_ninth_of_3_more(nation: WhatIf) -> None:
    values = {trust: Decimal(nation.value(trust, "OF0061") or "") for trust in AMBULANCE}
    ranks = {trust: 1 + sum(other > value for other in values.values()) for trust, value in values.items()}
    last = max(ranks, key=lambda trust: ranks[trust])
    assert ranks[last] == 10
    answer = asked(nation, last, "OF0061=9.99")
    assert moved(answer, last, "metric_score", "OF1061") == (Decimal("4.00"), Decimal("1.00"))
    for trust in set(AMBULANCE) - {last}:
        before, after = (1 + Decimal(3) * (rank - 1) / 9 for rank in (ranks[trust], ranks[trust] + 1))
        shown = moved(answer, trust, "metric_score", "OF1061")
        assert shown == (before.quantize(Decimal("0.01")), after.quantize(Decimal("0.01")))


def test_a_standard_that_is_met_gives_1_and_takes_the_trust_out_of_the_ranked(nation: WhatIf) -> None:
    trust = next(
        code
        for code in nation.trusts()
        if (value := nation.value(code, "OF0013")) is not None and Decimal(value) < 70
    )
    answer = asked(nation, trust, "OF0013=78")
    _, after = moved(answer, trust, "metric_score", "OF1013")
    assert after == Decimal("1.00")
    before, no_rank = moved(answer, trust, "pool_rank", "OF0013")
    assert (before is not None, no_rank) == (True, None)
    assert answer.can_be_told


def test_a_plan_below_nought_sets_the_override_and_the_segment_is_3(nation: WhatIf) -> None:
    answer = asked(nation, "ZU8", "OF0079=-4")
    # Plan -4 is band 4, variance 0.27 band 1: the matrix gives 2 (rules 1, OF1080).
    assert moved(answer, "ZU8", "metric_score", "OF1079") == (Decimal("1.00"), Decimal("4.00"))
    assert moved(answer, "ZU8", "metric_score", "OF1080") == (Decimal("1.00"), Decimal("2.00"))
    # One point more of one of seven metrics.
    assert moved(answer, "ZU8", "average_metric_score", "OF5002") == (Decimal("1.62"), Decimal("1.76"))
    assert moved(answer, "ZU8", "financial_override", "OF5004") == (False, True)
    assert moved(answer, "ZU8", "adjusted_segment", "OF5000") == (1, 3)
    (standing,) = answer.standings
    assert standing.override_reason.startswith(
        "plan and variance add up to -3.73 % of turnover, below 0.00 %"
    )


def test_a_plan_that_balances_lifts_the_override(nation: WhatIf) -> None:
    answer = asked(nation, "ZU8", "OF0079=-4")
    back = asked(nation, "ZU8", "OF0079=0.2")
    assert [each for each in back.figures if each.effect != "by_voiding"] == []
    assert answer.standings[0].before == back.standings[0].after


def test_a_value_taken_away_leaves_numerator_and_denominator(nation: WhatIf) -> None:
    answer = asked(nation, "ZY8", "OF0082=")
    assert moved(answer, "ZY8", "metric_score", "OF1082") == (Decimal("3.85"), None)
    assert moved(answer, "ZY8", "cell_status", "OF0082") == ("scored", "not_reported")
    # OF4004 is the mean of OF1082 and OF1084; without the first it is the second.
    assert moved(answer, "ZY8", "domain_score", "OF4004") == (Decimal("2.76"), Decimal("1.67"))
    # Nine of ten ambulance trusts are under 95 %, and still asking leaves the type as whole as it was.
    assert answer.can_be_told
    assert asked(nation, "ZY8", "OF0082=missing").figures == answer.figures


def test_a_value_for_a_trust_that_has_none_brings_it_into_the_pool(nation: WhatIf) -> None:
    trust = next(code for code in nation.trusts() if nation.value(code, "OF0016") is None and code > "ZR")
    answer = asked(nation, trust, "OF0016=99.9")
    before, after = moved(answer, trust, "metric_score", "OF1016")
    assert before is None
    assert after is not None
    assert moved(answer, trust, "cell_status", "OF0016")[1] == "scored"
    # The recorded size of the pool moves with it: the pool is as whole as before.
    assert answer.can_be_told


def test_a_floor_that_is_failed_moves_the_pool_s_size_with_it(nation: WhatIf) -> None:
    trust = next(
        code
        for code in nation.trusts()
        if (value := nation.value(code, "OF0057")) is not None and Decimal(value) > 80
    )
    answer = asked(nation, trust, "OF0057=10")
    assert moved(answer, trust, "metric_score", "OF1057")[1] == Decimal("4.00")
    assert answer.can_be_told


def test_a_cell_that_a_register_excludes_does_not_count_whatever_its_value(nation: WhatIf) -> None:
    answer = asked(nation, "ZM2", "OF0023=99")
    assert any("OF0023 of ZM2 in 2025-26-Q4 does not count" in note for note in answer.notes)
    assert {(each.trust_code, each.figure) for each in answer.only("moved")} <= {("ZM2", "value")}
    assert answer.can_be_told


def test_what_only_the_voiding_moves_is_apart(nation: WhatIf) -> None:
    value = nation.value("ZA5", "OF0061")
    answer = asked(nation, "ZA5", f"OF0061={value}")
    assert {each.effect for each in answer.figures} <= {"by_voiding"}
    assert answer.voided.ranks == 134
    for each in answer.figures:
        assert each.before == each.after != each.released


def test_a_question_leaves_no_trace_in_the_next(nation: WhatIf) -> None:
    first = asked(nation, "ZA5", "OF0082=3.1", "OF0061=7.9")
    asked(nation, "ZU8", "OF0079=-4")
    asked(nation, "ZY8", "OF0082=", quarter=Q3)
    assert asked(nation, "ZA5", "OF0082=3.1", "OF0061=7.9") == first


def test_changes_of_several_trusts_and_quarters_are_one_answer(nation: WhatIf) -> None:
    both = nation.ask(
        [
            Change("ZY8", "OF0082", None, "Q3 2025/26"),
            Change("ZU8", "OF0079", "-4"),
            Change("ZY8", "OF0061", "9"),
        ]
    )
    assert {each.quarter_id for each in both.figures} == {Q3, Q4}
    assert [(each.quarter_id, each.trust_code) for each in both.standings] == [
        (Q3, "ZY8"),
        (Q4, "ZU8"),
        (Q4, "ZY8"),
    ]
    alone = asked(nation, "ZY8", "OF0082=", quarter=Q3)
    assert tuple(each for each in both.figures if each.quarter_id == Q3) == alone.figures


def test_a_trust_may_be_named_by_a_part_of_its_name(nation: WhatIf) -> None:
    name = nation.trusts()["ZU8"]
    assert asked(nation, name, "OF0079=-4").figures == asked(nation, "zu8", "OF0079=-4").figures


def test_rows_are_plain_and_in_one_order(nation: WhatIf) -> None:
    answer = asked(nation, "ZU8", "OF0079=-4")
    rows = answer.to_rows()
    assert rows == [asdict(each) for each in answer.figures]
    assert tuple(rows[0]) == ROW_COLUMNS
    assert {row["figure"] for row in rows} <= set(FIGURES)
    # The changed trust comes first, the nation last.
    assert rows[0]["trust_code"] == "ZU8"
    assert rows[-1]["trust_code"] == ""


def test_the_worked_example_of_the_page_is_what_the_command_says(nation: WhatIf) -> None:
    page = PAGE.read_text(encoding="utf-8")
    answer = asked(nation, "ZU8", "OF0079=-4")
    text = StringIO()
    render(answer, Console(file=text, width=110))
    said = text.getvalue().splitlines()
    block = page.partition("$ nof what-if ZU8 OF0079=-4\n")[2].partition("```")[0]
    assert block.splitlines()
    assert [line for line in block.splitlines() if line not in said] == []
    for row in some(re.findall(r"^\| `(OF\d+)` [^|]+\| ([^|]+) \| ([^|]+) \|", page, flags=re.MULTILINE)):
        measure, before, after = (cell.strip() for cell in row)
        shown = {
            (written(each.before), written(each.after))
            for each in answer.of("ZU8")
            if each.measure_id == measure and each.figure != "league_rank"
        }
        assert (before, after) in shown or (before == after and not shown), row
    assert moved(answer, "ZU8", "league_rank", "OF5000") == (5, 23)
    assert (answer.voided.ranks, answer.voided.flags) == (61, 1)
    assert not answer.only("by_voiding")
    assert len(answer.only("moved", "league_rank")) - 1 == 18


def _bad() -> Iterator[tuple[tuple[str, ...], str]]:
    yield ("ZZZ", "OF0013=80"), "no trust or ICB with code or name 'ZZZ'"
    yield ("Invented", "OF0013=80"), "is part of several names"
    yield ("ZA1", "OF9999=3"), "'OF9999' is no metric that is scored"
    yield ("ZA1", "OF1013=2"), "Change OF0013."
    yield ("ZA1", "OF1080=2"), "Change OF0079 or OF0081."
    yield ("ZA1", "OF4000=2"), "the score of the domain Access to services"
    yield ("ZA1", "OF5004=1"), "OF5004 is a result or a published decision (financial override)"
    yield ("ZA1", "OF0080=2"), "has no value of its own. Change what it is made from: OF0079 or OF0081."
    yield ("ZY1", "OF0013=80"), "is not for ambulance trusts"
    yield ("ZA1", "OF0013=abc"), "text in a number column"
    yield ("ZA1", "OF0013=80%"), "this number has a percent sign"
    yield ("ZA1", "OF0013=180"), "A percentage of patients, cases or staff lies between 0 and 100."
    yield ("ZA1", "OF0020=1.5"), "A count is a whole number."
    yield ("ZA1", "OF0067=Brilliant"), "none of Outstanding, Good, Requires improvement, Inadequate"
    yield ("ZA1", "OF0013=80", "of0013=81"), "OF0013 of ZA1 in 2025-26-Q4 is changed twice"
    yield ("ZY8", "OF0086=", "OF0016="), "is not for ambulance trusts"
    yield ("ZA1", "OF0013"), "'OF0013' is no change of a cell. Write a change as OF0013=80"
    yield ("ZA1", "=80"), "is no change of a cell"


@pytest.mark.parametrize(("arguments", "said"), list(_bad()), ids=lambda each: str(each)[:40])
def test_what_cannot_be_asked_is_refused_with_a_remedy(
    nation: WhatIf, arguments: tuple[str, ...], said: str
) -> None:
    with pytest.raises(UsageRefused) as refusal:
        asked(nation, *arguments)
    assert said in str(refusal.value)


def test_no_change_and_a_quarter_that_is_not_in_hand_are_refused(nation: WhatIf) -> None:
    with pytest.raises(UsageRefused, match="No change was asked for"):
        nation.ask([])
    with pytest.raises(UsageRefused, match="holds no quarter 2024-25-Q4"):
        asked(nation, "ZA1", "OF0013=80", quarter="2024-25-Q4")


def test_a_cell_that_is_not_there_cannot_be_taken_away(nation: WhatIf) -> None:
    trust = next(code for code in nation.trusts() if nation.value(code, "OF0016") is None and code > "ZR")
    with pytest.raises(UsageRefused, match="has no value of OF0016 in 2025-26-Q4 to take away"):
        asked(nation, trust, "OF0016=")


def test_a_refusal_leaves_no_trace_either(nation: WhatIf) -> None:
    first = asked(nation, "ZA5", "OF0013=70")
    with pytest.raises(UsageRefused):
        asked(nation, "ZA5", "OF0013=180")
    assert asked(nation, "ZA5", "OF0013=70") == first
