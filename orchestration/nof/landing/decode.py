"""From bytes to text: what is not a UTF-8 text table is told apart here and refused with the way out."""

from nof.errors import Problem

_AS_CSV = "Open it where it came from and save it as CSV (UTF-8)."
_TAKE_OUT = "Take the CSV out of it, and land that."
_FETCH_CSV = "Fetch the published CSV in its place."

# Long before short: a UTF-32 mark begins with a UTF-16 one.
_BYTE_ORDER_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)

# How they begin, what they are, and what to do.
_SIGNATURES = (
    (
        b"PK\x03\x04",
        "an Excel workbook or a zip archive",
        "Save its sheet as CSV (UTF-8), or take the CSV out of the archive.",
    ),
    (b"PK\x05\x06", "an empty zip archive", _FETCH_CSV),
    (b"PK\x07\x08", "a part of a zip archive", _TAKE_OUT),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook", _AS_CSV),
    (b"%PDF", "a PDF", _FETCH_CSV),
    (b"\x1f\x8b", "a gzip archive", _TAKE_OUT),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", _TAKE_OUT),
    (b"BZh", "a bzip2 archive", _TAKE_OUT),
    (b"\xfd7zXZ", "an xz archive", _TAKE_OUT),
    (b"\x28\xb5\x2f\xfd", "a zstd archive", _TAKE_OUT),
    (b"Rar!", "a RAR archive", _TAKE_OUT),
    (b"PAR1", "a Parquet file", _FETCH_CSV),
    (b"ARROW1", "an Arrow file", _FETCH_CSV),
    (b"SQLite format 3", "an SQLite database", _FETCH_CSV),
    (b"\x89PNG", "a picture (PNG)", _FETCH_CSV),
    (b"\xff\xd8\xff", "a picture (JPEG)", _FETCH_CSV),
    (b"GIF8", "a picture (GIF)", _FETCH_CSV),
    (b"{\\rtf", "a text document (RTF)", _FETCH_CSV),
    (b"MZ", "a program", _FETCH_CSV),
    (b"\x7fELF", "a program", _FETCH_CSV),
    (b"#!", "a program (script)", _FETCH_CSV),
)


def decode(file: str, content: bytes) -> str | Problem:
    """The text of a file, without a byte order mark.

    Args:
        file: what to call the file in a problem.
        content: its bytes.

    Returns:
        The text, or the one problem that keeps it from being text.
    """
    other = find_other_kind(file, content)
    if other:
        return other
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return Problem(file, f"the encoding is {encoding}, not UTF-8.", _AS_CSV)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The codec has taken the byte order mark away before it counts.
        body = content.removeprefix(b"\xef\xbb\xbf")
        return _wrong_encoding(file, body, error.start)
    if text.startswith("\ufeff"):
        return Problem(
            file,
            "the file begins with two byte order marks, and a heading begins after the first.",
            "Save it again as 'CSV UTF-8', from where it came.",
            row=1,
        )
    nul = text.find("\x00")
    if nul >= 0:
        return Problem(
            file,
            "it holds a NUL character, so it is UTF-16 text or no text at all.",
            _AS_CSV,
            row=text.count("\n", 0, nul) + 1,
        )
    return _not_a_table(file, text) or text


def find_other_kind(file: str, content: bytes) -> Problem | None:
    """Whether a file begins as one of another program does; nothing of it is unpacked."""
    for signature, what, remedy in _SIGNATURES:
        if content.startswith(signature):
            return Problem(file, f"this is {what}, not a CSV file.", remedy)
    return None


def readable_text(content: bytes) -> str | None:
    """What a person would read in a file that `decode` may refuse; None where it is no text at all."""
    if any(content.startswith(signature) for signature, *_ in _SIGNATURES):
        return None
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    if 0 in content:
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _wrong_encoding(file: str, body: bytes, place: int) -> Problem:
    """Say which line and which bytes; most often these are files saved as Windows-1252."""
    if 0 in body[:4096]:
        return Problem(file, "it holds NUL bytes, so it is UTF-16 text or no text at all.", _AS_CSV)
    start = body.rfind(b"\n", 0, place) + 1
    end = body.find(b"\n", place)
    line = body[start : len(body) if end < 0 else end]
    cell_start = line.rfind(b",", 0, place - start) + 1
    cell_end = line.find(b",", place - start)
    cell = line[cell_start : len(line) if cell_end < 0 else cell_end].strip()
    return Problem(
        file,
        f"the byte 0x{body[place]:02X} is not UTF-8; it looks like Windows-1252 (old Excel).",
        "Save it again as 'CSV UTF-8'.",
        row=body.count(b"\n", 0, place) + 1,
        value=cell[:80].decode("cp1252", errors="replace"),
    )


def _not_a_table(file: str, text: str) -> Problem | None:
    start = text.lstrip()[:200]
    if not start:
        return Problem(file, "the file is empty.", "Fetch it again from where it is published.")
    if start.startswith("<"):
        return Problem(
            file,
            f"this is a web page or XML, not a CSV file: it begins with {start[:30]!r}.",
            "Fetch the file behind the link, not the page that it is on.",
        )
    if start.startswith(("{", "[")):
        return Problem(file, "this is JSON, not a CSV file.", "Land the published CSV.")
    return None
