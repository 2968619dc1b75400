"""Every figure of an answer is what building the whole nation with the changed rows gives."""

import random

import pytest
from harness_compiled import CompiledProject, compiled_project
from harness_what_if import Q3, Q4, bundled_nation, rebuilt

from harness_some import some
from nof.whatif import Change, WhatIf
from nof.whatif.model import Key


@pytest.fixture(scope="module")
def nation(tmp_path_factory: pytest.TempPathFactory) -> WhatIf:
    return bundled_nation(tmp_path_factory)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> CompiledProject:
    return compiled_project(tmp_path_factory)


def _random(nation: WhatIf, seed: int, quarter: str) -> list[Change]:
    """Three cells of three trusts, each given the value that another trust has."""
    draw = random.Random(seed)
    trusts = sorted(nation.trusts(quarter))
    changes = []
    for metric in draw.sample(["OF0005", "OF0013", "OF0023", "OF0061", "OF0082", "OF0084", "OF0085"], 3):
        having = [trust for trust in trusts if (nation.value(trust, metric, quarter) or "").strip("*")]
        trust, other = draw.sample(having, 2)
        changes.append(Change(trust, metric, nation.value(other, metric, quarter), quarter))
    return changes


CASES = [
    [Change("ZA5", "OF0082", "3.1", Q4), Change("ZA5", "OF0061", "7.9", Q4)],
    [Change("ZU8", "OF0079", "-4", Q4)],
    [Change("ZA1", "OF0013", None, Q3)],
]


@pytest.mark.parametrize("case", [*range(len(CASES)), "random-1", "random-2"])
def test_an_answer_is_what_a_whole_build_gives(
    nation: WhatIf, project: CompiledProject, case: int | str
) -> None:
    changes = CASES[case] if isinstance(case, int) else _random(nation, int(case[-1]), Q4)
    quarter = changes[0].quarter or Q4
    answer = nation.ask(changes)
    assert answer.can_be_told
    facts, released = rebuilt(project, quarter, [], voided=[])
    types = {code: trust.trust_type_id for code, trust in facts.trusts.items()}
    voided = [
        (each.metric, [code for code, kind in types.items() if kind == types[each.trust]]) for each in changes
    ]
    _, before = rebuilt(project, quarter, [], voided=voided)
    _, after = rebuilt(project, quarter, changes, voided=voided)
    listed = {Key(each.figure, each.trust_code, each.measure_id, each.place): each for each in answer.figures}
    for key in some(released.keys() | after.keys()):
        whole = tuple(found[key].value if key in found else None for found in (released, before, after))
        if key in listed:
            each = listed.pop(key)
            assert (each.released, each.before, each.after) == whole, key
            assert each.effect == ("moved" if whole[1] != whole[2] else "by_voiding")
        else:
            assert len(set(whole)) == 1, f"{key} moves and is not listed: {whole}"
    assert not listed
