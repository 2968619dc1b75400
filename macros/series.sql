{#- Statistical process control, the Making Data Count way, for series of any kind and any period. Takes the names of
    two CTEs: `points` with the columns of `keys` (framework_id among them), point_order (earliest first), point_value
    (decimal(18,4)) and is_rebased (the series begins anew here); `rules` with one row per framework and the
    constants of seeds/framework/series_rules.csv. Gives the CTE `charted`: one row per key and point.
    Means and limits are fixed to six decimals at each step, so that sums are the same in any order. -#}
{% macro process_control(points, rules, keys) -%}
    {%- set identity = ['framework_id', 'series_number', 'point_number'] -%}
    {%- set parted = identity + ['part_number', 'point_value'] -%}
    {%- set stepped = parted + ['step'] -%}
    {%- set constants = [
        'limit_multiplier', 'near_numerator', 'near_denominator', 'near_count', 'near_window', 'shift_length',
        'trend_length',
    ] -%}
    {%- set screened = ['part_points', 'mean_value', 'is_screened'] + constants + ['has_limits', 'is_provisional'] -%}
    {%- set limited = screened + ['mean_moving_range', 'lower_limit', 'upper_limit', 'mean_side', 'step_direction'] -%}
    {%- set in_runs = stepped + limited + ['is_outside_limits', 'is_near_limit', 'side_run', 'direction_run'] -%}
    numbered as (
        select
            cast(dense_rank() over (order by {{ keys | join(', ') }}) as bigint) as series_number,
            row_number() over (partition by {{ keys | join(', ') }} order by point_order) as point_number,
            {{ keys | join(', ') }},
            point_order,
            point_value,
            is_rebased
        from {{ points }}
    ),

    -- The first point begins the first part whether it is rebased or not.
    parted as (
        select
            {{ identity | join(', ') }},
            point_value,
            cast(1 + sum(case when is_rebased and point_number > 1 then 1 else 0 end) over (
                partition by series_number order by point_number
                rows between unbounded preceding and current row
            ) as bigint) as part_number
        from numbered
    ),

    stepped as (
        select
            {{ parted | join(', ') }},
            point_value - lag(point_value) over (
                partition by series_number, part_number order by point_number
            ) as step
        from parted
    ),

    averaged as (
        select
            series_number,
            part_number,
            count(*) as part_points,
            cast(sum(point_value) / count(*) as decimal(18, 6)) as mean_value,
            cast(sum(abs(step)) / count(step) as decimal(18, 6)) as unscreened_mean_moving_range
        from stepped
        group by series_number, part_number
    ),

    -- As NHSRplotthedots does it: screened once, and a moving range just on the bound is left out too.
    screened as (
        select
            stepped.{{ stepped | join(', stepped.') }},
            averaged.part_points,
            averaged.mean_value,
            coalesce(
                averaged.unscreened_mean_moving_range > 0
                and abs(stepped.step)
                >= {{ rules }}.screen_multiplier * averaged.unscreened_mean_moving_range,
                false
            ) as is_screened,
            {{ rules }}.{{ constants | join(', ' ~ rules ~ '.') }},
            averaged.part_points > 1 and averaged.part_points >= {{ rules }}.fewest_points as has_limits,
            averaged.part_points < {{ rules }}.firm_points as is_provisional
        from stepped
        inner join averaged
            on
                stepped.series_number = averaged.series_number
                and stepped.part_number = averaged.part_number
        inner join {{ rules }}
            on stepped.framework_id = {{ rules }}.framework_id
    ),

    ranged as (
        select
            series_number,
            part_number,
            cast(
                sum(case when not is_screened then abs(step) end)
                / count(case when not is_screened then step end)
                as decimal(18, 6)
            ) as mean_moving_range
        from screened
        group by series_number, part_number
    ),

    limited as (
        select
            screened.{{ (stepped + screened) | join(', screened.') }},
            ranged.mean_moving_range,
            cast(screened.mean_value - screened.limit_multiplier * ranged.mean_moving_range as decimal(18, 6))
                as lower_limit,
            cast(screened.mean_value + screened.limit_multiplier * ranged.mean_moving_range as decimal(18, 6))
                as upper_limit,
            case
                when screened.point_value > screened.mean_value then 1
                when screened.point_value < screened.mean_value then -1
                else 0
            end as mean_side,
            case when screened.step > 0 then 1 when screened.step < 0 then -1 else 0 end as step_direction
        from screened
        inner join ranged
            on
                screened.series_number = ranged.series_number
                and screened.part_number = ranged.part_number
    ),

    -- Of the way to a limit: compared after multiplying out, so that two thirds are two thirds.
    placed as (
        select
            {{ (stepped + limited) | join(', ') }},
            has_limits and (point_value > upper_limit or point_value < lower_limit) as is_outside_limits,
            has_limits
            and point_value between lower_limit and upper_limit
            and near_denominator * abs(point_value - mean_value)
            > near_numerator * limit_multiplier * mean_moving_range as is_near_limit,
            case
                when mean_side = lag(mean_side) over (
                    partition by series_number, part_number order by point_number
                ) then 0
                else 1
            end as begins_side,
            case
                when step_direction = lag(step_direction) over (
                    partition by series_number, part_number order by point_number
                ) then 0
                else 1
            end as begins_direction
        from limited
    ),

    in_runs as (
        select
            {{ (stepped + limited) | join(', ') }},
            is_outside_limits,
            is_near_limit,
            sum(begins_side) over (
                partition by series_number, part_number order by point_number
                rows between unbounded preceding and current row
            ) as side_run,
            sum(begins_direction) over (
                partition by series_number, part_number order by point_number
                rows between unbounded preceding and current row
            ) as direction_run
        from placed
    ),

    in_lengths as (
        select
            {{ in_runs | join(', ') }},
            count(*) over (partition by series_number, part_number, side_run) as side_length,
            count(*) over (partition by series_number, part_number, direction_run) as direction_length
        from in_runs
    ),

    -- A run of steps is one point longer than it has steps: the point before its first step is of it too.
    with_next as (
        select
            {{ in_runs | join(', ') }},
            side_length,
            direction_length,
            lead(step_direction) over (partition by series_number, part_number order by point_number)
                as next_direction,
            lead(direction_length) over (partition by series_number, part_number order by point_number)
                as next_direction_length
        from in_lengths
    ),

    windows as (
        select
            ends.series_number,
            ends.part_number,
            ends.point_number
        from placed as ends
        inner join placed as within_window
            on
                ends.series_number = within_window.series_number
                and ends.part_number = within_window.part_number
                and within_window.point_number > ends.point_number - ends.near_window
                and within_window.point_number <= ends.point_number
        where ends.has_limits
        group by ends.series_number, ends.part_number, ends.point_number, ends.near_window, ends.near_count
        having
            sum(case when within_window.is_near_limit then 1 else 0 end) >= ends.near_count
            and abs(sum(within_window.mean_side)) = ends.near_window
    ),

    near_together as (
        select distinct
            placed.series_number,
            placed.point_number
        from placed
        inner join windows
            on
                placed.series_number = windows.series_number
                and placed.part_number = windows.part_number
                and placed.point_number <= windows.point_number
                and placed.point_number > windows.point_number - placed.near_window
        where placed.is_near_limit
    ),

    charted as (
        select
            with_next.series_number,
            with_next.point_number,
            numbered.{{ keys | join(', numbered.') }},
            numbered.point_order,
            with_next.point_value,
            with_next.part_number,
            with_next.part_points,
            with_next.has_limits,
            with_next.is_provisional,
            cast(abs(with_next.step) as decimal(18, 4)) as moving_range,
            with_next.is_screened,
            with_next.mean_value,
            with_next.mean_moving_range,
            with_next.mean_side,
            with_next.step_direction,
            case when with_next.has_limits then with_next.lower_limit end as lower_limit,
            case when with_next.has_limits then with_next.upper_limit end as upper_limit,
            with_next.is_outside_limits,
            with_next.has_limits
            and with_next.mean_side <> 0
            and with_next.side_length >= with_next.shift_length as is_in_shift,
            with_next.has_limits
            and (
                (with_next.step_direction <> 0 and with_next.direction_length >= with_next.trend_length - 1)
                or (
                    coalesce(with_next.next_direction, 0) <> 0
                    and with_next.next_direction_length >= with_next.trend_length - 1
                )
            ) as is_in_trend,
            near_together.point_number is not null as is_near_limit_together
        from with_next
        inner join numbered
            on
                with_next.series_number = numbered.series_number
                and with_next.point_number = numbered.point_number
        left join near_together
            on
                with_next.series_number = near_together.series_number
                and with_next.point_number = near_together.point_number
    )
{%- endmacro %}

{#- The first rule that makes a point special cause; null where none does. -#}
{% macro series_rule() -%}
    case
        when is_outside_limits then 'outside_limits'
        when is_in_shift then 'shift'
        when is_in_trend then 'trend'
        when is_near_limit_together then 'near_limit'
    end
{%- endmacro %}

{#- The variation icon in words, by the latest point: its side of the mean and the way that is better. A point of a
    trend that lies on the mean goes by the way of the trend. -#}
{% macro series_variation(polarity) -%}
    case
        when not has_limits then 'too_few_points'
        when point_rule is null then 'common_cause'
        else
            case
                when {{ polarity }} is null then 'special_cause_neither'
                when
                    ({{ polarity }} = 'higher' and coalesce(nullif(mean_side, 0), step_direction) > 0)
                    or ({{ polarity }} = 'lower' and coalesce(nullif(mean_side, 0), step_direction) < 0)
                    then 'special_cause_improving'
                else 'special_cause_concerning'
            end
            || case when coalesce(nullif(mean_side, 0), step_direction) > 0 then '_high' else '_low' end
    end
{%- endmacro %}

{#- The assurance icon in words: the target against the limits of the latest part. -#}
{% macro series_assurance(target, polarity) -%}
    case
        when {{ target }} is null or {{ polarity }} is null then 'no_target'
        when not has_limits then 'too_few_points'
        when {{ target }} > upper_limit
            then case {{ polarity }} when 'higher' then 'consistently_fails' else 'consistently_passes' end
        when {{ target }} < lower_limit
            then case {{ polarity }} when 'higher' then 'consistently_passes' else 'consistently_fails' end
        else 'hit_and_miss'
    end
{%- endmacro %}
