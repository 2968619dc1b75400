-- Rules 7: which organisations get segments is a row of the framework. Everything scored stands on this model, so
-- an organisation with contextual metrics only cannot reach a pool, an average or a cut point.
select
    framework_id,
    quarter_id,
    trust_code,
    trust_name,
    trust_type_id,
    organisation_kind,
    trust_subtype_label,
    region_label
from {{ ref('organisation_quarters') }}
where is_segmented
