-- A figure of an earlier extract that stays in force because the revision's own cell was refused or is missing.
-- severity: warning
with
in_force as (select * from work.coverage_line where is_in_force),

latest as (
    select region_code, as_of_date, source, basis, scope, max(received_at) as received_at
    from in_force
    group by region_code, as_of_date, source, basis, scope
)

select
    in_force.value_id,
    'older than the rest of its row (' || in_force.region_code || ' ' || in_force.segment || ' ' || in_force.measure
    || '): the revision of ' || cast(latest.received_at as varchar) || ' holds no such figure' as reason
from in_force
join latest
    on in_force.region_code = latest.region_code and in_force.as_of_date = latest.as_of_date
    and in_force.source = latest.source and in_force.basis = latest.basis and in_force.scope = latest.scope
where in_force.received_at < latest.received_at
