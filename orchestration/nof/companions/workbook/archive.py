"""Zip archives whose bytes follow from what is in them: both workbook formats are one."""

import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO

# The first day that the format can hold.
NO_DATE = (1980, 1, 1, 0, 0, 0)


def rewritten(archive: bytes, changes: Mapping[str, Callable[[bytes], bytes]]) -> bytes:
    """The same archive with some members changed and every date the same.

    Args:
        archive: a zip archive.
        changes: what is done to a member, by its name.

    Raises:
        KeyError: the archive lacks a member that is to be changed.
    """
    written = BytesIO()
    with zipfile.ZipFile(BytesIO(archive)) as old, zipfile.ZipFile(written, "w") as new:
        missing = changes.keys() - set(old.namelist())
        if missing:
            raise KeyError(f"The archive has no {', '.join(sorted(missing))}.")
        for member in old.infolist():
            content = old.read(member)
            change = changes.get(member.filename)
            info = zipfile.ZipInfo(member.filename, NO_DATE)
            info.compress_type = member.compress_type  # an ODS begins with a member that is not compressed
            info.external_attr = 0o600 << 16
            new.writestr(info, change(content) if change else content)
    return written.getvalue()
