"""The data dictionary is the committed YAML of the publication models, and says so when it is not."""

import sys
from pathlib import Path

import pytest
import yaml

from nof import dictionary

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of one described table, and the command called with --check."""
    (tmp_path / "models" / "publication").mkdir(parents=True)
    (tmp_path / "docs").mkdir()
    (tmp_path / "dbt_project.yml").touch()
    model = {
        "name": "fct_thing",
        "description": "Things.",
        "config": {"meta": {"grain": "thing", "rule": "rules 1", "owner": "keeper", "sensitivity": "public"}},
        "constraints": [
            {"type": "primary_key", "columns": ["thing_id"]},
            {
                "type": "foreign_key",
                "columns": ["thing_id"],
                "to": "ref('dim_thing')",
                "to_columns": ["thing_id"],
            },
            {"type": "check", "expression": "size > 0 or thing_id = 'none'"},
        ],
        "columns": [
            {
                "name": "thing_id",
                "description": "The thing.",
                "data_type": "varchar",
                "config": {"meta": {"unit": "identifier", "sensitivity": "public"}},
            },
            {
                "name": "size",
                "description": "Small | large.",
                "data_type": "decimal(6,2)",
                "config": {"meta": {"unit": "metres", "sensitivity": "role"}},
                "constraints": [{"type": "not_null"}, {"type": "check", "expression": "size > 0"}],
            },
        ],
    }
    text = yaml.safe_dump({"version": 2, "models": [model]})
    (tmp_path / "models" / "publication" / "fct_thing.yml").write_text(text, encoding="utf-8")
    monkeypatch.setenv("NOF_PROJECT_DIR", str(tmp_path))
    monkeypatch.setattr(sys, "argv", ["dictionary", "--check"])
    return tmp_path


def test_the_committed_page_is_what_the_models_say() -> None:
    committed = (ROOT / "docs" / "data-dictionary.md").read_text(encoding="utf-8")
    assert committed == dictionary.data_dictionary(ROOT), "stale; run: python -m nof.dictionary"


def test_every_publication_model_and_column_is_in_it() -> None:
    page = dictionary.data_dictionary(ROOT)
    models = sorted((ROOT / "models" / "publication").glob("*.sql"))
    assert models
    for model in models:
        described = yaml.safe_load(model.with_suffix(".yml").read_text(encoding="utf-8"))["models"]
        part = page.partition(f"\n## {model.stem}\n")[2].partition("\n## ")[0]
        names = [column["name"] for column in described[0]["columns"]]
        assert [line.split("`")[1] for line in part.splitlines() if line.startswith("| `")] == names


def test_a_table_shows_grain_rule_owner_and_what_holds_of_several_columns(project: Path) -> None:
    page = dictionary.data_dictionary(project)
    assert "| [fct_thing](#fct_thing) | Things |" in page
    assert "One row per thing. Rule: rules 1. Owner: keeper. Sensitivity: public.\n" in page
    assert "Always: `size > 0 or thing_id = 'none'`.\n" in page


def test_a_column_shows_key_reference_bounds_unit_class_and_a_pipe_in_its_text(project: Path) -> None:
    page = dictionary.data_dictionary(project)
    assert "| `thing_id` | varchar | key, → [dim_thing](#dim_thing) | identifier | The thing. |" in page
    assert "| `size` | decimal(6, 2) | always, `size > 0` | metres (*role*) | Small \\| large. |" in page


def test_a_check_tells_a_stale_page_and_writing_puts_it_right(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert dictionary.main() == 1
    assert "python -m nof.dictionary" in capsys.readouterr().out
    assert not (project / "docs" / "data-dictionary.md").exists()
    monkeypatch.setattr(sys, "argv", ["dictionary"])
    assert dictionary.main() == 0
    monkeypatch.setattr(sys, "argv", ["dictionary", "--check"])
    assert dictionary.main() == 0


def test_a_project_without_publication_models_is_an_error(project: Path) -> None:
    (project / "models" / "publication" / "fct_thing.yml").unlink()
    with pytest.raises(FileNotFoundError, match="describes no model"):
        dictionary.main()
