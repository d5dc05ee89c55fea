-- Every regency of the provinces that have figures, and the day that the report shows of it: its latest with a TOTAL up
-- to the province's day, else its latest up to it; `newer_date` where something came for a later day.
-- grain: region_code
with
coverage as (select * from mart.coverage),

regions as (select * from core.region where kind <> 'provinsi'),

days as (
    select
        coverage.region_code,
        coalesce(
            max(case when coverage.segment = 'TOTAL' and coverage.coverage_pct is not null then coverage.as_of_date end),
            max(coverage.as_of_date)
        ) as as_of_date
    from coverage
    join province on coverage.province_code = province.province_code and coverage.as_of_date <= province.as_of_date
    group by coverage.region_code
),

latest as (select region_code, max(as_of_date) as latest_date from coverage group by region_code)

select
    regions.region_code, regions.name as region_name, regions.kind, regions.province_code, days.as_of_date,
    case when latest.latest_date > days.as_of_date then latest.latest_date end as newer_date
from regions
join province on regions.province_code = province.province_code
left join days on regions.region_code = days.region_code
left join latest on regions.region_code = latest.region_code
order by regions.region_code
