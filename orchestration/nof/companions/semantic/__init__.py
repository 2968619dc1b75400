"""The semantic description of a release: tables, relations and measures for tools that make reports.

Two files say the same: one for any tool, one for Power BI. Measures are defined once, in `measures.yml`. The
tests compare the structure of the file for Power BI with the release; it was not opened in Power BI itself.
"""

from importlib.resources import files

from nof.companions.semantic.model import Measure, SemanticModel, refuse_unknown_columns
from nof.companions.semantic.neutral import neutral_model
from nof.companions.semantic.relations import find_relations
from nof.companions.semantic.tabular import tabular_model
from nof.described import read_described
from nof.files import write_json
from nof.release.candidate import Candidate
from nof.release.csv_files import read_foreign_keys
from nof.release.database import open_database, read_tables

NEUTRAL = "semantic/semantic-model.json"
TABULAR = "semantic/model.bim"
FILES = (NEUTRAL, TABULAR)


def write(candidate: Candidate) -> None:
    """Write both files.

    Raises:
        ReleaseRefused: a measure names a column that the release does not have.
    """
    model = make_model(candidate)
    (candidate.folder / NEUTRAL).parent.mkdir(exist_ok=True)
    write_json(candidate.folder / NEUTRAL, neutral_model(model, candidate))
    write_json(candidate.folder / TABULAR, tabular_model(model, candidate))


def make_model(candidate: Candidate) -> SemanticModel:
    """The model of a candidate, from its database and from what the models say of its tables.

    Raises:
        ReleaseRefused: a measure names a column that the release does not have.
    """
    with open_database(candidate.database) as connection:
        tables = read_tables(connection, candidate.database.stem)
        foreign_keys = read_foreign_keys(connection)
    measures = read_measures()
    refuse_unknown_columns(measures, tables)
    return SemanticModel(
        tables=tables,
        described=read_described(),
        foreign_keys=foreign_keys,
        relations=find_relations(foreign_keys),
        measures=measures,
    )


def read_measures() -> list[Measure]:
    """The measures of `measures.yml`, in its order."""
    import yaml  # type: ignore[import-untyped]  # noqa: PLC0415 - dbt brings it, without types

    text = files(__package__).joinpath("measures.yml").read_text(encoding="utf-8")
    return [Measure(**row) for row in yaml.safe_load(text)]
