{#- Why a figure changed, from the criteria that stand beside the verdict. A value of its own outranks everything: it is
    evidence about this very figure. A changed method comes next: under it no change can be laid at the door of others.
    Then the others of the pool. What remains is a rank or a score that the publisher restated without a value. -#}
{% macro revision_reason(own_input, method, pool, published_result) -%}
    case
        when {{ own_input }} then 'restated_input'
        when {{ method }} then 'changed_method'
        when {{ pool }} then 'changed_pool'
        when {{ published_result }} then 'restated_input'
        else 'unexplained'
    end
{%- endmacro %}
