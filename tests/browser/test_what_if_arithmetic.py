"""The script of the what-if page against the SQL: for thousands of random changes the same figures, or none.

The SQL side is the command's own session, which runs the compiled models. NOF_WHAT_IF_SEED draws others.
"""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from browser.harness_browser import Shown, visit
from browser.harness_what_if_page import (
    Asked,
    Compared,
    Draw,
    differences,
    is_refused,
    page_answer,
    sql_answer,
)
from harness_session import Counts
from harness_some import some
from nof.whatif import Change, WhatIf, what_if_session

SEED = int(os.environ.get("NOF_WHAT_IF_SEED", "8"))
PAGE = "what-if.html"
# Questions with many changes, how many each, and questions with one change beside
# one of each metric and type.
QUESTIONS = {"bundled": (36, 54, 8), "real": (44, 48, 20)}
BEYOND = 60
# On the real files the pools that cross trust types are not whole: there one change leaves most of a type
# open. So that the arithmetic is tried too, two questions of three keep to metrics that are whole in hand.
WHOLE = {"bundled": None, "real": ("OF0035", "OF0061", "OF0084", "OF0079", "OF0081")}
MOST_HIDDEN = 0.25


@pytest.fixture(scope="module", params=sorted(QUESTIONS))
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def shown(name: str, request: pytest.FixtureRequest) -> Shown:
    made: Shown = request.getfixturevalue(f"{name}_site")
    return made


@pytest.fixture(scope="module")
def page(browser: Browser, shown: Shown) -> Iterator[Page]:
    with visit(browser, shown.address(PAGE)) as seen:
        yield seen.page


@pytest.fixture(scope="module")
def nation(shown: Shown) -> Iterator[WhatIf]:
    """The home of the release; it is only read."""
    with what_if_session(shown.release.resolve().parents[2]) as session:
        yield session


@pytest.fixture(scope="module")
def draw(shown: Shown, nation: WhatIf) -> Draw:
    return Draw(shown, nation.newest_quarter, SEED)


@pytest.fixture(scope="module")
def compared(name: str, page: Page, nation: WhatIf, draw: Draw) -> Compared:
    """Everything asked of both, once."""
    result = Compared()
    many, size, single = QUESTIONS[name]
    questions = [draw.changes(size, WHOLE[name] if number % 3 else None) for number in range(many)]
    questions += [[each] for each in draw.one_of_each()]
    questions += [draw.changes(1) for _ in range(single)]
    for question in questions:
        refused = page_answer(page, draw.quarter_id, question)["faults"]
        faulty = {(each["trust"], each["metric"]) for each in refused}
        result.refused += [each for each in question if (each.trust, each.metric) in faulty]
        taken = [each for each in question if (each.trust, each.metric) not in faulty]
        if taken:
            _compare(result, page, nation, draw, taken)
    return result


def _compare(result: Compared, page: Page, nation: WhatIf, draw: Draw, changes: list[Change]) -> None:
    asked = sql_answer(nation, changes)
    found = page_answer(page, draw.quarter_id, changes)
    result.asked.append(asked)
    result.figures += len(asked.figures)
    for said, is_hidden in differences(asked, found, draw.types):
        if is_hidden:
            result.hidden += 1
        else:
            result.differences.append(said)


def test_the_script_finds_every_figure_of_the_release_again(page: Page) -> None:
    assert page.evaluate("nofWhatIf.nations.length") == 1
    assert page.evaluate("nofWhatIf.nations.flatMap(each => each.differences)") == []


def test_the_page_says_what_the_sql_says(name: str, compared: Compared, counts: Counts) -> None:
    counts.append(
        f"What if, {name}, seed {SEED}: {compared.changes} changes in {len(compared.asked)} questions, "
        f"{compared.figures} figures compared, {len(compared.differences)} differ, "
        f"{compared.hidden} left open as deficit support is confidential, "
        f"{len(compared.refused)} changes refused"
    )
    assert compared.differences[:20] == []
    assert compared.changes >= 1500, "both nations together come to 3,000 changes"
    assert compared.figures > 10 * compared.changes
    assert name == "bundled" or not compared.hidden
    assert compared.hidden < MOST_HIDDEN * compared.figures


def test_what_the_page_refuses_the_sql_refuses(
    page: Page, nation: WhatIf, draw: Draw, compared: Compared
) -> None:
    asked = [*compared.refused[:40], *draw.beyond(BEYOND)]
    refused = 0
    for change in asked:
        is_faulty = bool(page_answer(page, draw.quarter_id, [change])["faults"])
        assert is_faulty == is_refused(nation, change), change
        refused += is_faulty
    assert BEYOND / 2 < refused < len(asked)


# What the script keeps of its last answer.
FORGET = "nofWhatIf.nations.forEach(each => each.kept = {})"
# Each puts one wrong rule in the place of the right one.
WRONG = {
    "half even": """
        const {halfUp} = right
        wrong.halfUp = (score, places) => {
            const unit = 10n ** BigInt(15 - places)
            const isTie = score % unit === unit / 2n
            return isTie && (score / unit) % 2n === 0n ? score / unit : halfUp(score, places)
        }""",
    "dense ranks": """
        wrong.ranks = (items, key) => {
            const keys = [...new Set([...items].map(key))].sort((a, b) => (a < b ? -1 : 1))
            return new Map([...items].map(each => [each, keys.indexOf(key(each)) + 1]))
        }""",
    "a shifted rank": """
        wrong.ranked = (low, high, place, of) => right.ranked(low, high, Math.min(place + 1, of), of)""",
    "the lower neighbour for a quantile": """
        wrong.quantile = (scores, places, quantile) => {
            const sorted = [...scores].sort((a, b) => (a < b ? -1 : 1))
            return sorted[Math.floor((sorted.length - 1) * Number(quantile))] * 10n ** BigInt(6 - places)
        }""",
    "a cut point that is outside": """
        wrong.isBeyond = (score, places, cut) => right.isBeyond(score, places, cut, false)""",
    "a mean that is cut off": """
        const sum = scores => Number(scores.reduce((a, b) => a + b, 0n))
        wrong.mean = scores => BigInt(Math.floor(sum(scores) / scores.length / 1e13)) * 10n ** 13n""",
}
# Cut points of the real files are observed, not made of scores, and none of them is a score itself.
NOT_ON_REAL_FILES = {"the lower neighbour for a quantile", "a cut point that is outside"}


def test_a_wrong_rule_is_found_out(name: str, page: Page, draw: Draw, compared: Compared) -> None:
    for rule in some(sorted(WRONG if name == "bundled" else WRONG.keys() - NOT_ON_REAL_FILES)):
        page.evaluate(
            f"() => {{ {FORGET}; const wrong = nofWhatIf.arithmetic, right = {{...wrong}};"
            f" nofWhatIf.right = right; {WRONG[rule]} }}"
        )
        try:
            found = any(_differs(page, draw, asked) for asked in compared.asked)
        finally:
            page.evaluate(f"() => {{ {FORGET}; Object.assign(nofWhatIf.arithmetic, nofWhatIf.right) }}")
        assert found, f"{rule}: no difference in {len(compared.asked)} questions"
    assert not _differs(page, draw, compared.asked[0])


def _differs(page: Page, draw: Draw, asked: Asked) -> bool:
    found = page_answer(page, draw.quarter_id, asked.changes)
    return any(not is_hidden for _, is_hidden in differences(asked, found, draw.types))
