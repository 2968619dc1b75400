"""The archive around a full extract: two files in it, encrypted, damaged, or larger than it says."""

import struct

from harness_rtt import FETCH, FILE, refusals, small, written, zipped

from nof.landing.bounds import LARGEST_UNPACKED_BYTES
from nof.landing.publications.rtt_source import MOST_ROWS


def test_two_csvs_in_one_archive_are_refused() -> None:
    assert refusals(zipped(April__csv=written(small()), May__csv=written(small()))) == [
        f"{FILE}: the archive holds 2 CSV files (April.csv, May.csv), and nothing says which to read. "
        "Land an archive with one CSV, or the CSV itself."
    ]


def in_directory(content: bytes, place: int, kind: str, value: int) -> bytes:
    """The archive with another number in the first entry of the directory at its end."""
    changed = bytearray(content)
    struct.pack_into(kind, changed, content.index(b"PK\x01\x02") + place, value)
    return bytes(changed)


def test_an_encrypted_member_is_refused() -> None:
    assert refusals(in_directory(zipped(RTT__csv=written(small())), 8, "<H", 1)) == [
        f"{FILE}: RTT.csv in the archive is encrypted. Unpack it with its password and land the CSV, or "
        "fetch it "
        "again from where it is published."
    ]


def test_an_archive_that_would_be_too_large_is_never_unpacked() -> None:
    size = LARGEST_UNPACKED_BYTES + 1
    (said,) = refusals(in_directory(zipped(RTT__csv=written(small())), 24, "<I", size))
    assert said.startswith(f"{FILE}: the archive would have ")
    assert "and 400,000,000 are the most." in said


def test_a_member_that_holds_more_than_it_says_is_refused() -> None:
    content = written(small() * 40)
    (said,) = refusals(in_directory(zipped(RTT__csv=content), 24, "<I", len(content) - 3_000))
    assert said.startswith(f"{FILE}: the archive is damaged or cut short (Bad CRC-32 for file 'RTT.csv').")


def test_a_damaged_archive_is_refused() -> None:
    content = zipped(RTT__csv=written(small() * 40))
    broken = bytearray(content)
    broken[len(broken) // 3] ^= 0xFF
    for damaged in (bytes(broken), content[: len(content) // 2]):
        (said,) = refusals(damaged)
        assert said.startswith(f"{FILE}: the archive is damaged or cut short (")
        assert said.endswith(f"{FETCH}.")


def test_more_rows_than_any_extract_are_refused_before_they_are_held() -> None:
    content = zipped(RTT__csv=written([]) + b"\n" * MOST_ROWS)
    assert len(content) < 10_000
    assert refusals(content) == [
        f"{FILE}: the file has more than 1,000,000 rows. See what it is before it is landed: a full "
        "extract has "
        "about 180,000."
    ]
