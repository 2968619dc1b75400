{#- A relation without rows is a failure, not a pass: every other test would agree with it. -#}
{% test not_empty(model) %}
select 'no rows' as problem
where not exists (select 1 from {{ model }})
{% endtest %}
