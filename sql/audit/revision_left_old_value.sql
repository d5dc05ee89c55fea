-- A figure of an earlier extract that stays in force because the revision's own cell was refused or is missing.
-- severity: warning
with
in_force as (select * from work.coverage_line where is_in_force),

by_measure as (
    select
        region_code, segment, due_received_at, 'eligible_workers' as measure,
        eligible_workers_value_id as value_id, eligible_workers_received_at as received_at
    from in_force
    union all
    select
        region_code, segment, due_received_at, 'active_members' as measure,
        active_members_value_id as value_id, active_members_received_at as received_at
    from in_force
    union all
    select
        region_code, segment, due_received_at, 'reported_coverage_pct' as measure,
        reported_coverage_pct_value_id as value_id, reported_coverage_pct_received_at as received_at
    from in_force
),

receipts as (select received_at, file_name from meta.receipt)

select
    by_measure.value_id as place,
    'stays in force (' || by_measure.region_code || ' ' || by_measure.segment || ' ' || by_measure.measure || '): '
    || receipts.file_name || ', received ' || cast(by_measure.due_received_at as varchar)
    || ', should revise it and holds no such figure' as reason
from by_measure
join receipts on by_measure.due_received_at = receipts.received_at
where by_measure.received_at < by_measure.due_received_at
