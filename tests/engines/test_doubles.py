"""The way between decimals and doubles: on each engine the bits of DuckDB, where they could differ."""

import random
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import pytest

from engines.harness_made import OTHERS, choice_of
from nof import engines
from nof.engines import EngineName
from unit.harness_macros import macros

pytestmark = pytest.mark.quick
# Sums of scores around 2 to the power of 53, with 15 places; quotients that end in a half at the last place.
HARD = [
    ("9.007199254740992", "1"),
    ("9.007199254740993", "1"),
    ("123.456789012345679", "37"),
    ("3.333333333333333", "3"),
    ("0.000000000000001", "2"),
    ("7", "3"),
    ("0", "5"),
]


def numbers() -> str:
    """A query: a sum of scores and a count on each row, in the words of all engines."""
    drawn = random.Random(20251123)
    rows = HARD + [
        (str(Decimal(drawn.randint(10**15, 60 * 10**15)).scaleb(-15)), str(drawn.randint(1, 60)))
        for _ in range(3000)
    ]
    cells = ", ".join(f"(cast({total} as decimal(38, 15)), {count})" for total, count in rows)
    return f"(select * from (values {cells}) as listed (total, counted)) as numbers"


def mean(words: SimpleNamespace) -> str:
    """The mean score, as scoring has it."""
    quotient = f"{words.decimal_as_double('total', 15)} / {words.as_double('counted')}"
    return str(words.double_as_decimal(quotient, 18, 15))


def ratio(words: SimpleNamespace) -> str:
    """A rate by source publications, with sixteen places and a factor that makes it wide."""
    quotient = (
        f"{words.decimal_as_double('total', 15)} * {words.as_double('100000')} / {words.as_double('counted')}"
    )
    return str(words.double_as_decimal(quotient, 28, 16))


def plain(words: SimpleNamespace) -> str:
    """The mean without the care that the macros take."""
    return f"cast({words.as_double('total')} / {words.as_double('counted')} as decimal(18, 15))"


@pytest.mark.parametrize("engine", OTHERS)
def test_a_quotient_has_the_same_last_place_on_each_engine(engine: EngineName, tmp_path: Path) -> None:
    with (
        engines.opened(choice_of(engine, tmp_path), tmp_path) as there,
        duckdb.connect() as connection,
    ):
        assert there is not None

        def differences(expression: Callable[[SimpleNamespace], str], folder: str) -> list[tuple[Any, ...]]:
            place = tmp_path / folder
            place.mkdir()
            query = "select total, counted, {} as quotient from " + numbers()
            relation = there.answer(query.format(expression(macros(engine))), place)
            return connection.execute(
                "select expected.total, expected.counted, found.quotient, expected.quotient "
                f"from ({query.format(expression(macros()))}) as expected "
                f"full join {relation} as found "
                "on expected.total = cast(found.total as decimal(38, 15)) "
                "and expected.counted = cast(found.counted as integer) "
                "where expected.quotient is distinct from cast(found.quotient as decimal(28, 16))"
            ).fetchall()

        assert not differences(mean, "mean")
        assert not differences(ratio, "ratio")
        # The comparison is shown what it is for: without the macros the last place is another one.
        assert len(differences(plain, "plain")) > 100
