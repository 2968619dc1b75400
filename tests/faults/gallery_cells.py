"""Bad cells of data files and league tables."""

from gallery import Bad, landing
from harness_inputs import league_row, published, row

# The value in the second row of the file, which is row 3 to a spreadsheet; a column is told once only.
_NUMBERS = (
    ("words where a number belongs", "about nine"),
    ("a number with thousands separators", "1,234"),
    ("a number with gaps between its thousands", "12 345.6"),
    ("a decimal comma", "9,03"),
    ("a percent sign", "12%"),
    ("a percentage in words", "12 per cent"),
    ("a currency sign", "£1.2m"),
    ("infinity, as a program writes it", "inf"),
    ("not a number, as a program writes it", "NaN"),
    ("a hexadecimal number", "0x1F"),
    ("a number as programmers write it", "1_000"),
    ("an en dash for a minus sign", "–0.5"),
    ("a minus sign behind the number", "0.5-"),
    ("an accountant's brackets for a minus sign", "(0.5)"),
    ("a small number hidden as a limit", "<5"),
    ("an estimate", "~9"),
    ("a range where one figure belongs", "9 to 10"),
    ("a fraction", "3/61"),
    ("a column that was too narrow", "#####"),
    ("a reference that a spreadsheet lost", "#REF!"),
    ("a division by zero in a spreadsheet", "#DIV/0!"),
    ("a look-up that found nothing in a spreadsheet", "#N/A"),
    ("an error of LibreOffice", "Err:502"),
    ("a formula in a number column", "=SUM(M2:M3)"),
    ("yes or no where a number belongs", "TRUE"),
    ("a time where minutes belong", "00:07:30"),
    ("a number that Excel took for a date", "09-Mar"),
    ("a day where a number belongs", "30/06/2025"),
    ("a time stamp where a number belongs", "2025-06-30 00:00:00"),
    ("a number behind an apostrophe", "'9.03"),
    ("a number in typographic quotation marks", "“9.03”"),
    ("a footnote behind a number", "9.03 [note 1]"),
    ("a mark of suppression beside a number", "9.03*"),
    ("a provisional figure marked as such", "9.03p"),
    ("a shorthand in square brackets", "[c]"),
    ("a dash where nothing is known", "-"),
    ("the nothing of a database", "NULL"),
    ("two decimal points", "9.0.3"),
    ("a number larger than any", "1e30"),
    ("digits of another script", "٣"),
    ("figures in full width", "９.０３"),
    ("two numbers in one cell", "9.03 9.04"),
)

_CELLS = (
    ("a rank that is no whole number", {"Rank": "3.5"}),
    ("a rank below 1", {"Rank": "0"}),
    ("a negative rank", {"Rank": "-1"}),
    ("a shared rank with an equals sign", {"Rank": "=3"}),
    ("a metric that no framework has", {"Metric_ID": "OF9999"}),
    ("a metric in small letters", {"Metric_ID": "of0005"}),
    ("a row without a metric", {"Metric_ID": ""}),
    ("the name of a metric for its identifier", {"Metric_ID": "Percentage waiting over 52 weeks"}),
    ("a fifth quarter", {"Quarter": "Q5 2025/26"}),
    ("the year before the quarter", {"Quarter": "2025/26 Q1"}),
    ("a quarter as this warehouse names it", {"Quarter": "2025-26-Q1"}),
    ("a quarter in small letters", {"Quarter": "q1 2025/26"}),
    ("a calendar year", {"Quarter": "Q1 2025"}),
    ("a month for a quarter", {"Quarter": "Jun-25"}),
    ("a quarter before all that are known", {"Quarter": "Q1 2019/20"}),
    ("a row without a quarter", {"Quarter": ""}),
    ("a trust type that is none", {"Trust_type": "Dental trust"}),
    ("a row without a trust type", {"Trust_type": ""}),
    ("a trust code in small letters", {"Trust_code": "zz2"}),
    ("a trust code behind an apostrophe", {"Trust_code": "'ZZ2"}),
    ("a trust code with a letter too many", {"Trust_code": "ZZ21"}),
    ("a trust code that a spreadsheet took for a number", {"Trust_code": "1E+02"}),
    ("the name of a trust for its code", {"Trust_code": "Invented NHS Trust"}),
    ("a row of totals", {"Trust_code": "", "Trust_name": "England"}),
    ("a formula in a name", {"Trust_name": "=HYPERLINK(A1)"}),
    ("a formula after the end of a line", {"Trust_name": "Trust\n" + "x", "Region": "\n=1+1"}),
    ("a name that begins with an at sign", {"Trust_name": "@SUM(A1)"}),
    ("a formula in full width", {"Trust_name": "＝1+1"}),
    ("a sign that turns the direction of writing", {"Trust_name": "Trust \u202etsurT"}),
    ("a sign without width", {"Trust_name": "Trust\u200bs"}),
    ("a tab in a name", {"Trust_name": "Trust\tTwo"}),
    ("a terminal's escape in a name", {"Trust_name": "Trust \x1b[31mred"}),
    ("an eight-bit terminal escape in a name", {"Trust_name": "Trust \x9b31m"}),
    ("a return to the start of the line in a name", {"Trust_name": "Trust\rBetter"}),
    ("a label of a rating that is none", {"Metric_ID": "OF0067", "Units": "rating", "Value": "Fine"}),
    ("an e-mail address in a name", {"Trust_name": "Trust, ask nobody@example.org"}),
    ("an NHS number in a text", {"Metric_description": "Waits of 943 476 5919"}),
    ("a telephone number in a text", {"Metric_description": "ring 020 7946 0958"}),
)

_LEAGUE_CELLS = (
    ("words for an average score", {"Average_score": "low"}),
    ("a sixth segment", {"Segment": "6"}),
    ("half a segment", {"Segment": "1.5"}),
    ("a segment in words", {"Segment": "Segment 1"}),
    ("a deficit that is neither Yes nor No", {"Trust_in_financial_deficit": "1"}),
    ("a deficit of which nothing is said", {"Trust_in_financial_deficit": ""}),
    ("a range with a hyphen", {"Likely_range_of_average_score": "1.2-1.89"}),
    ("a range with one end", {"Likely_range_of_average_score": "1.2"}),
    ("a range the wrong way round", {"Likely_range_of_average_score": "1.89 to 1.2"}),
    ("a range of ranks in halves", {"Likely_range_of_rank": "1.5 to 11"}),
    ("a range of ranks from 0", {"Likely_range_of_rank": "0 to 11"}),
)


def _data(changes: dict[str, str]) -> bytes:
    return published(row(), row(Trust_code="ZZ2") | changes)


CELLS = {
    "Numbers": [Bad(wrong, landing(data_csv=_data({"Value": text}))) for wrong, text in _NUMBERS],
    "Cells of a data file": [Bad(wrong, landing(data_csv=_data(changes))) for wrong, changes in _CELLS],
    "Cells of a league table": [
        Bad(wrong, landing(league_csv=published(league_row(), league_row(Trust_code="ZZ2") | changes)))
        for wrong, changes in _LEAGUE_CELLS
    ],
}
