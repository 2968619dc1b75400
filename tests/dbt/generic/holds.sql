{#- A condition that every row must meet; a row where it is unknown does not meet it. -#}
{% test holds(model, condition) %}
select *
from {{ model }}
where not coalesce({{ condition }}, false)
{% endtest %}
