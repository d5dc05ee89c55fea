-- The same bytes sent again by one source, under another name or after a later extract revised them: nothing was loaded.
-- severity: warning
with
receipts as (select * from meta.receipt where kind = 'extract'),

first_arrivals as (
    select source, sha256, min_by(file_name, received_at) as file_name
    from receipts
    where outcome = 'new'
    group by source, sha256
),

loaded as (select extract_id, source, any_value(received_at) as received_at from core.coverage_value group by extract_id, source),

in_force_times as (
    select distinct
        unnest([eligible_workers_received_at, active_members_received_at, reported_coverage_pct_received_at]) as received_at
    from work.coverage_line
    where is_in_force
),

in_force as (
    select loaded.extract_id, loaded.source from loaded join in_force_times on loaded.received_at = in_force_times.received_at
)

select
    receipts.file_name || ' (' || receipts.source || ')' as place,
    'the same bytes as ' || first_arrivals.file_name || '; nothing was loaded again'
    || case
        when loaded.extract_id is not null and in_force.extract_id is null
            then ', and its figures are not in force: a later extract revised them'
        else ''
    end as reason
from receipts
join first_arrivals on receipts.source = first_arrivals.source and receipts.sha256 = first_arrivals.sha256
left join loaded on receipts.sha256 = loaded.extract_id and receipts.source = loaded.source
left join in_force on receipts.sha256 = in_force.extract_id and receipts.source = in_force.source
where receipts.outcome = 'duplicate'
    and (
        receipts.file_name <> first_arrivals.file_name
        or (loaded.extract_id is not null and in_force.extract_id is null)
    )
