"""The pages that travel with a release: made by Jinja2 from a template beside the code that fills it."""

from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined


def render(package: str, template: str, **filled: Any) -> str:
    """A page: what is filled in is shown and never run, and a name that nothing fills is an error.

    Args:
        package: the Python package that the template lies in.
        template: its file name.
        filled: what it is filled with.
    """
    environment = Environment(
        loader=PackageLoader(package, ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template(template).render(**filled)
