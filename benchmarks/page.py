"""`python -m benchmarks.page`: docs/performance.md, made from the results and from nothing else."""

import re
from pathlib import Path

import typer
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from benchmarks.measured import ROOT, Target
from benchmarks.parts import PARTS
from benchmarks.results_kept import RESULTS, Result, read

PAGE = ROOT / "docs" / "performance.md"


class NotTold(Exception):
    """A target that is not met without saying why and what next, or nothing that was measured."""


app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def main() -> None:
    """Write the page."""
    PAGE.write_text(render(results(RESULTS)), encoding="utf-8")
    typer.echo(PAGE.relative_to(ROOT))


def results(folder: Path) -> list[Result]:
    """The result of every part that was measured, in the order of the table of parts.

    Raises:
        NotTold: no part was.
    """
    found = [result for part in PARTS if (result := read(part.key, folder))]
    if not found:
        raise NotTold(f"Nothing in {folder.name}/ was ever measured. Run: make bench")
    return found


def render(measured: list[Result]) -> str:
    """The page of these results, which names the parts that have none.

    Raises:
        NotTold: a target is not met, and its reason or its next step is empty.
    """
    for result in measured:
        for target in result.part.targets:
            if not target.is_met and not (target.reason.strip() and target.next_step.strip()):
                raise NotTold(f"{result.part.key}: {target.text!r} is not met: say why, and what is next.")
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # Markdown
    )
    environment.filters["number"] = number
    environment.filters["cell"] = cell
    environment.filters["verdict"] = verdict
    machines: list[dict[str, str]] = []
    for result in measured:
        if result.machine not in machines:
            machines.append(result.machine)
    anchors = {result.part.key: anchor(result.part.title) for result in measured}
    template = environment.get_template("performance.md.j2")
    missing = [part.key for part in PARTS if part.key not in anchors]
    return template.render(results=measured, machines=machines, anchors=anchors, missing=missing)


def anchor(heading: str) -> str:
    """What a heading can be linked by."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


def number(value: float | int) -> str:
    """Three figures are enough for what was measured once: 1,234 or 12.3 or 0.0123."""
    if isinstance(value, int) or abs(value) >= 100 or value == int(value):
        return f"{value:,.0f}"
    if abs(value) >= 10:
        return f"{value:.1f}"
    return f"{value:.2f}" if abs(value) >= 1 else f"{value:.3g}"


def cell(value: str | float | int) -> str:
    """One cell of a table."""
    return number(value) if isinstance(value, int | float) else value.replace("|", "\\|")


def verdict(target: Target) -> str:
    """Whether a target is met; if not, why and what is next."""
    return "met" if target.is_met else f"**not met.** {target.reason} Next: {target.next_step}"


if __name__ == "__main__":
    app()
