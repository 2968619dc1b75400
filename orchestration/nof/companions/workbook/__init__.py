"""One accessible workbook of a release, as XLSX and as ODS, after the Analysis Function's guidance.

The guidance is "Releasing statistics in spreadsheets": cover, contents and notes, one marked table a sheet,
column A first, no merged or empty cells, no colour that means something, shorthand explained above the table.
It advises against freeze panes and filters, so there are none.
"""

from nof.companions.workbook.book import make_book
from nof.companions.workbook.ods import write_ods
from nof.companions.workbook.xlsx import write_xlsx
from nof.release.candidate import Candidate
from nof.release.database import open_database

XLSX = "workbook/nhs-oversight-framework.xlsx"
ODS = "workbook/nhs-oversight-framework.ods"
FILES = (XLSX, ODS)


def write(candidate: Candidate) -> None:
    """Write both files; the same tables give the same bytes.

    Raises:
        ReleaseRefused: a cell has no number and nothing says why.
    """
    with open_database(candidate.database) as connection:
        book = make_book(connection, candidate)
    (candidate.folder / XLSX).parent.mkdir(exist_ok=True)
    write_xlsx(book, candidate.folder / XLSX)
    write_ods(book, candidate.folder / ODS)
