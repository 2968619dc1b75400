"""Empty registers to fill in, one for each use, and a page that says how: all of it made from the seeds."""

from pathlib import Path

from nof.errors import UsageRefused
from nof.landing.columns import PUBLISHED_COLUMNS
from nof.landing.model import REGISTER_ENTRIES
from nof.project import read_seed
from nof.templates.guide import guide

__all__ = ["guide", "template_name", "write_templates"]

# A byte order mark and CRLF: a spreadsheet then opens and saves the file as UTF-8.
_HEADER = "\ufeff" + ",".join(column.published for column in PUBLISHED_COLUMNS[REGISTER_ENTRIES]) + "\r\n"


def template_name(register_id: str) -> str:
    """What the file of a register is called; landing does not rely on it."""
    return f"{register_id}-register.csv"


def write_templates(directory: Path) -> list[Path]:
    """Write an empty register for each use and README.md; nothing that is there already is overwritten.

    Args:
        directory: the folder; made where it is missing.

    Returns:
        The files written, the page last.

    Raises:
        UsageRefused: if the folder is a file, or holds one of the files with other content.
    """
    texts = {template_name(row["register_id"]): _HEADER for row in read_seed("reference", "registers")}
    texts["README.md"] = guide()
    if directory.exists() and not directory.is_dir():
        raise UsageRefused(f"{directory} is not a folder. Name a folder for the templates.")
    paths = {directory / name: text.encode() for name, text in texts.items()}
    for path, content in paths.items():
        if path.exists() and (not path.is_file() or path.read_bytes() != content):
            raise UsageRefused(
                f"{path} is there already and may have been filled in. Name another folder, or move it away."
            )
    directory.mkdir(parents=True, exist_ok=True)
    for path, content in paths.items():
        path.write_bytes(content)
    return list(paths)
