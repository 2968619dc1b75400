"""`nof run` on the bundled nation, step by step, beside a bare `dbt build` of the same nodes."""
