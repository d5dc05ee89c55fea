-- Extracts that came in one run, from one source, with other figures for the same facts: which of them is in force.
-- severity: warning
with
deliveries as (
    select sha256, source, run_at, received_at, file_name from meta.receipt where kind = 'extract' and outcome = 'new'
),

-- few places are contested: looked for first, they keep the comparison small
together as (
    select deliveries.run_at, records.source, records.basis, records.region_code, records.as_of_date
    from work.coverage_record as records
    join deliveries on records.received_at = deliveries.received_at
    group by deliveries.run_at, records.source, records.basis, records.region_code, records.as_of_date
    having min(records.received_at) <> max(records.received_at)
),

contested as (
    select cell_values.*, deliveries.run_at, deliveries.file_name
    from core.coverage_value as cell_values
    join deliveries on cell_values.extract_id = deliveries.sha256 and cell_values.source = deliveries.source
    join together
        on deliveries.run_at = together.run_at and cell_values.source = together.source
        and cell_values.basis = together.basis and cell_values.region_code = together.region_code
        and cell_values.as_of_date = together.as_of_date
    where cell_values.known_until is null
),

in_force as (
    select unnest([eligible_workers_value_id, active_members_value_id, reported_coverage_pct_value_id]) as value_id
    from work.coverage_line
    where is_in_force
),

winners as (
    select contested.*
    from contested
    join in_force on contested.value_id = in_force.value_id
)

select
    winners.file_name || ' and ' || losers.file_name as place,
    cast(count(*) as varchar) || ' figures differ, first ' || min(winners.region_code || ' ' || winners.segment)
    || '; those of ' || winners.file_name || ' are in force' as reason
from winners
join contested as losers
    on winners.run_at = losers.run_at and winners.source = losers.source and winners.basis = losers.basis
    and winners.region_code = losers.region_code and winners.as_of_date = losers.as_of_date
    and winners.segment = losers.segment and winners.measure = losers.measure
    and winners.extract_id <> losers.extract_id
where winners.value <> losers.value
group by winners.file_name, losers.file_name
