"""Nations of N times the bundled one, as Parquet files that every contestant starts from."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import duckdb

from benchmarks.scoring.rooms import BUILT, MADE_BEFORE, METHOD, QUERIES
from nof.warehouse import Warehouse
from nof.whatif.compiled import compile_models


@dataclass(frozen=True)
class Size:
    """How often the trusts and the quarters of the bundled nation are there."""

    trusts: int
    quarters: int

    @property
    def times(self) -> int:
        """How many times the bundled nation it is."""
        return self.trusts * self.quarters


# Both grow: more trusts make larger pools to rank, more quarters make more of them.
SIZES = {size.times: size for size in (Size(1, 1), Size(2, 5), Size(10, 10), Size(25, 40))}

# A trust again under a further code, a quarter in a further year. What a seed says of a quarter goes with it.
_COPIES = """
    create temp table times as
        select trusts.t, years.q from range($trusts) as trusts (t) cross join range($quarters) as years (q);
    create temp table trusts as
        select distinct
            trust_code, t,
            trust_code || case when t > 0 then chr(65 + (t // 26)::int) || chr(65 + (t % 26)::int) else '' end
                as copied_trust
        from scoring.trust_quarters cross join times;
    create temp table quarters as
        select distinct
            quarter_id, q,
            (left(quarter_id, 4)::int + q)::varchar || '-'
            || lpad(((substr(quarter_id, 6, 2)::int + q) % 100)::varchar, 2, '0') || substr(quarter_id, 8)
                as copied_quarter
        from scoring.run_scope cross join times;
"""

# The same trust in another copy has a value near its own, to as many decimals, within what was seen of the
# metric: so there are ties, standards met and missed, and bands of all kinds. What is 0 (no infection, say)
# stays 0. One cell in 97 is missing, of metrics that completeness does not look at.
_METRIC_VALUES = """
    with seen as (
        select
            metric_id,
            min(value_number)::double as lowest,
            max(value_number)::double as highest,
            (quantile_cont(value_number, 0.75) - quantile_cont(value_number, 0.25))::double as spread,
            case when bool_and(value_number = round(value_number)) then 0 else 2 end as places,
            metric_id in (select metric_id from framework.core_metrics) as is_core
        from scoring.metric_values where cell_status = 'scored' group by metric_id
    ),
    cells as (
        select
            cells.* replace (
                value_number::double as value_number, published_score::double as published_score
            ),
            seen.* exclude (metric_id),
            hash(trust_code, metric_id, quarter_id) as own
        from scoring.metric_values as cells left join seen using (metric_id)
    ),
    drawn as (
        select cells.*, t, q, hash(own, t, q) as draw, t + q > 0 as is_copy from cells cross join times
    ),
    changed as (
        select
            *,
            case
                when not is_copy or value_number = 0 or draw % 4 = 0 then value_number
                else round(least(highest, greatest(
                    lowest, value_number + spread / 2 * ((draw // 97 % 2001)::double / 1000 - 1)
                )), places)
            end as changed_value,
            is_copy and draw % 97 = 0 and cell_status = 'scored' and value_number is not null and not is_core
                as is_lost
        from drawn
    )
    select
        framework_id, copied_quarter as quarter_id, copied_trust as trust_code,
        metric_id, score_id, trust_type_id, domain_id,
        case when is_lost then 'not_reported' else cell_status end as cell_status,
        case when is_lost then 'every_trust_reports' else missing_reason_id end as missing_reason_id,
        case when not is_lost then changed_value end as value_number,
        value_label, published_rank, published_score,
        case when score_quarter_id is not null then copied_quarter end as score_quarter_id
    from changed join trusts using (trust_code, t) join quarters using (quarter_id, q)
"""

# In half of the copies the override is not published, so that it follows from the values.
_FLAGS = """
    select
        copied_quarter as quarter_id, copied_trust as trust_code, measure_id,
        value_number::double as value_number,
        copied_quarter as value_quarter_id, file_id, row_number
    from measures.oversight_values join quarters using (quarter_id) join trusts using (trust_code)
    where
        measure_id in (
            select measure_id from framework.summary_measures where measure_role = 'financial_override'
        )
        and (t + q = 0 or hash(trust_code, quarter_id, t, q) % 2 = 0)
"""

# As many as there are: a pool is complete when it has at least its size.
_POOL_SIZES = """
    with ranked as (
        select
            cells.framework_id, cells.metric_id, cells.quarter_id, types.pool_partition_id,
            count(*) as pool_size
        from '{cells}' as cells
        join framework.metrics as metrics using (framework_id, metric_id)
        join framework.scoring_families as families using (framework_id, scoring_family)
        join framework.pool_trust_types as types using (framework_id, pool_id, trust_type_id)
        left join ({thresholds}) as thresholds using (framework_id, quarter_id, metric_id)
        where cell_status = 'scored' and value_number is not null and has_ranked_part and coalesce(
            (case comparator
                when 'at_least' then value_number >= threshold else value_number <= threshold
            end) <> fixed_when_met, true)
        group by all
    )
    select
        sizes.framework_id, sizes.metric_id, copied_quarter as quarter_id, sizes.pool_partition_id,
        case when $times = 1 then sizes.pool_size else ranked.pool_size end as pool_size
    from ({sizes}) as sizes join quarters using (quarter_id)
    join ranked on
        sizes.metric_id = ranked.metric_id and copied_quarter = ranked.quarter_id
        and sizes.pool_partition_id = ranked.pool_partition_id
"""

# What else is said of a trust in a quarter, or of a quarter.
_OF_TRUSTS = """
    select
        said.* exclude (quarter_id, trust_code), copied_quarter as quarter_id, copied_trust as trust_code
    from {table} as said join quarters using (quarter_id) join trusts using (trust_code)
"""
_OF_QUARTERS = """
    select said.* exclude (quarter_id{changed}), copied_quarter as quarter_id{times}
    from {table} as said join quarters using (quarter_id)
"""


def build_bundled(folder: Path) -> None:
    """Build the bundled nation's scores, and keep the compiled queries beside them."""
    warehouse = Warehouse(folder / BUILT, folder / "dbt")
    models = compile_models(warehouse).all
    with duckdb.connect(str(folder / BUILT)) as connection:
        for schema in sorted({model.relation.split(".")[1] for model in models}):
            connection.execute(f"create schema if not exists {schema}")
        for model in models:
            connection.execute(model.statement)
    queries = [{**asdict(model), "parents": sorted(model.parents)} for model in models]
    (folder / QUERIES).write_text(json.dumps(queries), encoding="utf-8")


def make_nation(built: Path, times: int, target: Path) -> int:
    """Write the inputs of a nation of `times` the bundled one into `target`.

    Args:
        built: the folder that `build_bundled` filled.
        times: one of `SIZES`.
        target: a folder; it gets one Parquet file per table of `rooms.MADE_BEFORE` and `rooms.METHOD`.

    Returns:
        How many cells (trust x metric x quarter) there are.
    """
    size = SIZES[times]
    target.mkdir(parents=True)
    with duckdb.connect() as connection:
        connection.execute("set threads = 2")
        connection.execute("set preserve_insertion_order = false")
        connection.execute("set enable_progress_bar = false")
        connection.execute(f"attach '{built / BUILT}' as built (read_only)")
        connection.execute("use built")
        connection.execute(
            _COPIES.replace("$trusts", str(size.trusts)).replace("$quarters", str(size.quarters))
        )
        for table, query in _queries(size, target).items():
            connection.execute(f"copy ({query}) to '{target / table}.parquet' (format parquet)")
        counted = connection.execute(f"select count(*) from '{target}/metric_values.parquet'").fetchone()
    return int(counted[0]) if counted else 0


def _queries(size: Size, target: Path) -> dict[str, str]:
    """The query of each input; metric values come first, because pools are counted from them."""
    found = {"metric_values": _METRIC_VALUES, "oversight_values": _FLAGS}
    for table, room in MADE_BEFORE.items():
        found.setdefault(table, _OF_TRUSTS.format(table=f"{room}.{table}"))
    found["forecast_quarters"] = "select * from measures.forecast_quarters"
    for table in ("run_scope", "thresholds_in_force"):
        found[table] = _OF_QUARTERS.format(table=f"scoring.{table}", changed="", times="")
    counts = ("expected_trust_count", "weakest_core_metric_count")
    found["trust_type_completeness"] = _OF_QUARTERS.format(
        table="scoring.trust_type_completeness",
        changed="".join(f", {count}" for count in counts),
        times="".join(f", {count} * {size.trusts} as {count}" for count in counts),
    )
    for table in METHOD:
        # These two are of no framework.
        found[table] = f"select * from framework.{table}"
        if table not in ("cut_point_bases", "score_bases"):
            found[table] += " where framework_id in (select framework_id from scoring.run_scope)"
    rounded = f"({found['rounded_scores']})"
    found["rounded_scores"] = _OF_QUARTERS.format(table=rounded, changed="", times="")
    sizes = _POOL_SIZES.format(
        cells=target / "metric_values.parquet",
        thresholds=found["thresholds_in_force"],
        sizes=found["pool_sizes"],
    )
    found["pool_sizes"] = sizes.replace("$times", str(size.times))
    return found
