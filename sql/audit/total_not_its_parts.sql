-- A TOTAL that was made from segments and is not their sum.
-- severity: error
with
made as (
    select region_code, as_of_date, 'eligible' as measure, eligible_workers as total, eligible_total_source as segments
    from mart.coverage
    where segment = 'TOTAL' and eligible_total_source <> 'reported'
    union all
    select region_code, as_of_date, 'active' as measure, active_members as total, active_total_source as segments
    from mart.coverage
    where segment = 'TOTAL' and active_total_source <> 'reported'
),

parts as (
    select
        made.region_code, made.as_of_date, made.measure, made.total,
        sum(case when made.measure = 'eligible' then coverage.eligible_workers else coverage.active_members end) as parts
    from made
    join mart.coverage
        on made.region_code = coverage.region_code and made.as_of_date = coverage.as_of_date
        and '+' || made.segments || '+' like '%+' || coverage.segment || '+%'
    group by made.region_code, made.as_of_date, made.measure, made.total
)

select
    region_code || ' ' || cast(as_of_date as varchar) || ' ' || measure as place,
    'TOTAL ' || cast(total as varchar) || ', segments ' || cast(parts as varchar) as reason
from parts
where total <> parts
