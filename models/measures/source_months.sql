-- Which months of which publication are in hand, whoever has a row in them.
select
    dataset_id,
    {{ month_number('period_start_date') }} as month_number,
    min(file_id) as file_id
from {{ ref('source_figures') }}
group by dataset_id, {{ month_number('period_start_date') }}
