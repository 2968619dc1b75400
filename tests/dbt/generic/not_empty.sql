{#- A relation without rows is a failure, not a pass: every other test would agree with it. With `given`, only where
    that other relation has a row that meets `given_where`, because without one there is nothing to make rows of. -#}
{% test not_empty(model, given=none, given_where='true') %}
    select 'no rows' as problem
    where
        not exists (select 1 from {{ model }})
        {% if given is not none %}
            and exists (select 1 from {{ given }} where {{ given_where }})
        {% endif %}
{% endtest %}
