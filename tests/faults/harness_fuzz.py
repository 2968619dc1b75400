"""Sound files of every kind, and ways to spoil them that nobody thought of."""

import csv
import io
from collections.abc import Callable

from harness_inputs import league_row, published, row
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from harness_registers import entry, ods_row, ods_text, register_text

SOUND: dict[str, bytes] = {
    "data.csv": published(row(), row(Trust_code="ZZ2", Value="*"), row(Metric_ID="OF4000", Units="score")),
    "league.csv": published(league_row(), league_row(Trust_code="ZZ2", Rank="2")),
    "register.csv": register_text(entry(), entry(Organisation_code="ZZ2", Reason="a, b")).encode(),
    "ods-trusts-2026-07.csv": ods_text(ods_row("ZZ1"), ods_row("ZZ2", closed="20260630")).encode(),
}

_CELLS = (
    *(
        "",
        " ",
        "\u00a0",
        "0",
        "-0",
        "1e5",
        "1E+999",
        "9" * 40,
        "1,234",
        "5%",
        "nan",
        "*",
        "N/A",
        "#REF!",
        "<5",
    ),
    *("=1+1", "@x", "-2+3", "\t=1", "'", '"', '""', ",", ";", "\n", "\r", "\r\n", "\x00", "\x1b[2J", "\x9b"),
    *("\ufeff", "\u202e", "\ud7ff", "\U0001f600", "é", "e\u0301", "ﬀ", "İ", "ß", "٣", "９", "a" * 5_000),
    *(
        "<script>",
        "'; drop table x; --",
        "{{ 7 * 7 }}",
        "[red]",
        "../../x",
        "C:\\x",
        "%00",
        "ALL",
        "zz1",
        "ZZ1",
    ),
    *("Q1 2025/26", "q1 2025/26", "OF0005", "OF0067", "2025-02-30", "1.2 to 1", "Yes", "NULL", "Withdrawn"),
)
_BYTES = (
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\x00",
    b"\x80",
    b"\xc3",
    b"\xed\xa0\x80",
    b"\r",
    b"\n",
    b'"',
    b",",
    b";",
)

Spoil = Callable[[DrawFn, bytes], bytes]


def _place(draw: DrawFn, content: bytes) -> int:
    return draw(st.integers(0, len(content)))


def _flip(draw: DrawFn, content: bytes) -> bytes:
    place = _place(draw, content)
    return content[:place] + bytes([draw(st.integers(0, 255))]) + content[place + 1 :]


def _insert(draw: DrawFn, content: bytes) -> bytes:
    place = _place(draw, content)
    added = draw(st.sampled_from(_BYTES) | st.binary(max_size=8))
    return content[:place] + added + content[place:]


def _delete(draw: DrawFn, content: bytes) -> bytes:
    place = _place(draw, content)
    return content[:place] + content[place + draw(st.integers(1, 60)) :]


def _repeat(draw: DrawFn, content: bytes) -> bytes:
    lines = content.split(b"\r\n")
    place, target = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
    return b"\r\n".join([*lines[:target], lines[place], *lines[target:]])


def _other_ends(draw: DrawFn, content: bytes) -> bytes:
    return content.replace(b"\r\n", draw(st.sampled_from((b"\n", b"\r", b"\n\r", b"\r\n\r\n"))))


def _in_table(draw: DrawFn, content: bytes) -> bytes:
    """A cell rewritten, two swapped, or a column moved; the file is written anew."""
    try:
        table = list(csv.reader(io.StringIO(content.decode(), newline="")))
    except (UnicodeDecodeError, csv.Error):
        return content
    filled = [place for place, cells in enumerate(table) if cells]
    if not filled:
        return content
    one, other = (draw(st.sampled_from(filled)) for _ in range(2))
    first, second = (draw(st.integers(0, len(table[each]) - 1)) for each in (one, other))
    how = draw(st.sampled_from(("rewrite", "add", "swap", "move")))
    if how == "rewrite":
        table[one][first] = draw(st.sampled_from(_CELLS) | st.text(max_size=12))
    elif how == "add":
        table[one][first] += draw(st.sampled_from(_CELLS))
    elif how == "swap":
        table[one][first], table[other][second] = table[other][second], table[one][first]
    else:
        for cells in table:
            if len(cells) > first:
                cells.append(cells.pop(first))
    written = io.StringIO(newline="")
    csv.writer(written).writerows(table)
    return written.getvalue().encode("utf-8", errors="surrogatepass")


_SPOILERS: tuple[Spoil, ...] = (_flip, _insert, _delete, _repeat, _other_ends, _in_table, _in_table)


@st.composite
def _spoiled(draw: DrawFn, name: str) -> bytes:
    content = SOUND[name]
    for spoil in draw(st.lists(st.sampled_from(_SPOILERS), min_size=1, max_size=4)):
        content = spoil(draw, content)
    return content


def files(name: str) -> SearchStrategy[bytes]:
    """Files that were sound, spoiled one to four times; now and then bytes or words that never were."""
    free = st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode())
    return st.one_of(_spoiled(name), _spoiled(name), _spoiled(name), free)
