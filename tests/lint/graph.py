"""dbt's `graph` for the SQL linter: one published table."""

from types import SimpleNamespace

nodes = {
    "model.nof.wide_view": SimpleNamespace(
        name="wide_view",
        resource_type="model",
        schema="this_schema",
        description="What it holds.",
        config=SimpleNamespace(meta=SimpleNamespace(grain="quarter and trust")),
    )
}
