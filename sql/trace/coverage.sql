-- Which cells each count of mart.coverage rests on: its own, or those of the segments that a TOTAL is the sum of.
-- A percentage rests on the cells of both its counts.
-- grain: region_code, as_of_date, segment, column_name, value_id
with
coverage as (select * from mart.coverage),

own as (
    select region_code, as_of_date, segment, 'eligible_workers' as column_name, eligible_workers_value_id as value_id
    from coverage
    union all
    select region_code, as_of_date, segment, 'active_members' as column_name, active_members_value_id as value_id
    from coverage
    union all
    select
        region_code, as_of_date, segment, 'reported_coverage_pct' as column_name,
        reported_coverage_pct_value_id as value_id
    from coverage
),

summed as (
    select
        totals.region_code, totals.as_of_date, totals.segment, 'eligible_workers' as column_name,
        parts.eligible_workers_value_id as value_id
    from coverage as totals
    join coverage as parts
        on totals.region_code = parts.region_code and totals.as_of_date = parts.as_of_date
        and '+' || totals.eligible_total_source || '+' like '%+' || parts.segment || '+%'
    where totals.eligible_workers_value_id is null
    union all
    select
        totals.region_code, totals.as_of_date, totals.segment, 'active_members' as column_name,
        parts.active_members_value_id as value_id
    from coverage as totals
    join coverage as parts
        on totals.region_code = parts.region_code and totals.as_of_date = parts.as_of_date
        and '+' || totals.active_total_source || '+' like '%+' || parts.segment || '+%'
    where totals.active_members_value_id is null
)

select * from own where value_id is not null
union all
select * from summed
