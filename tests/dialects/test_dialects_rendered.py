"""What is rendered: every model, by the branches and in the quotes of its dialect, and over no connection."""

import pytest

from dialects.harness_adapters import DATABRICKS, SNOWFLAKE, NoConnections, NothingIsRun
from dialects.harness_looked_at import LookedAt, looked_at
from dialects.harness_render import ROOMS, ROOT, NothingRendered, Statement, require_all


def text_of(looked: LookedAt, name: str) -> str:
    """The SQL of a model or test."""
    [text] = [statement.text for statement, _, _ in looked.statements if statement.name == name]
    return " ".join(text.split())


FORMS = "the_example_of_each_period_form_is_read_as_its_row_says"


def test_each_dialect_takes_its_own_branches(looked: LookedAt) -> None:
    forms = text_of(looked, FORMS)
    service = text_of(looked, "stg_nhse__community_waits")
    if looked.dialect == "snowflake":
        assert "regexp_like(texts.reporting_period_label, reporting_period_forms.pattern)" in forms
        assert "regexp_substr(" in forms
        assert "dateadd(day, -1, cast(" in text_of(looked, "source_periods")
        assert "rtrim(trim(replace(service, chr(160), ' ')), '*')" in service
        # A name that dbt quotes is another one there, and SAMPLE is a word of the language.
        assert " from nof.sample_seeds.sample_files" in text_of(looked, "stg_nhse__files")
    else:
        assert "rlike ('^(?:' || reporting_period_forms.pattern || ')$')" in forms
        assert "interval '1' day" in text_of(looked, "source_periods")
        assert "trim(trailing '*' from " in service
        assert " as string)" in forms
        assert " from `nof`.`sample`.`sample_files`" in text_of(looked, "stg_nhse__files")


def test_the_data_tests_are_rendered_too(looked: LookedAt) -> None:
    kinds = {statement.path.split("/")[0] for statement, _, _ in looked.statements}
    assert kinds == {"models", "tests", "seeds"}


@pytest.mark.parametrize("left_out", ["models/staging/stg_nhse__files.sql", "models/scoring/segments.sql"])
def test_a_model_that_is_not_rendered_or_empty_is_named(left_out: str) -> None:
    rooms = [ROOT / "models" / room for room in ROOMS]
    paths = [path.relative_to(ROOT).as_posix() for room in rooms for path in room.glob("*.sql")]
    texts = dict.fromkeys(paths, "select 1")
    require_all([Statement(path, path, text) for path, text in texts.items()], ROOT)
    for bad in ({path: text for path, text in texts.items() if path != left_out}, texts | {left_out: " \n"}):
        with pytest.raises(NothingRendered, match=left_out):
            require_all([Statement(path, path, text) for path, text in bad.items()], ROOT)


def test_no_model_at_all_is_a_failure() -> None:
    with pytest.raises(NothingRendered, match="there is no model"):
        require_all([], ROOT / "docs")
    for dialect in (SNOWFLAKE, DATABRICKS):
        with pytest.raises(NothingRendered, match="nothing to look at"):
            looked_at(dialect, [])


def test_a_connection_is_refused() -> None:
    with pytest.raises(NothingIsRun, match="nothing is run here"):
        NoConnections.open(None)
