-- The provinces that have figures, and the day that the report shows of each: the latest on which more than half of its
-- regencies have a TOTAL (one late regency must not hold the map back), else the latest with any TOTAL, else the latest.
-- grain: province_code
with
coverage as (select * from mart.coverage),

sums as (select * from mart.province_coverage where segment = 'TOTAL'),

expected as (
    select province_code, count(*) as regions_expected from core.region where kind <> 'provinsi' group by province_code
),

days as (
    select
        coverage.province_code, coverage.as_of_date,
        count(*) filter (coverage.segment = 'TOTAL' and coverage.coverage_pct is not null) as regions_reported
    from coverage
    group by coverage.province_code, coverage.as_of_date
),

ranked as (
    select
        days.province_code, days.as_of_date, days.regions_reported, expected.regions_expected,
        row_number() over (
            partition by days.province_code
            order by
                2 * days.regions_reported > expected.regions_expected desc, days.regions_reported > 0 desc,
                days.as_of_date desc
        ) as place
    from days
    join expected on days.province_code = expected.province_code
)

select
    ranked.province_code, region.name as province_name, ranked.as_of_date, ranked.regions_reported,
    ranked.regions_expected, sums.eligible_workers, sums.active_members, sums.coverage_pct,
    greatest(sums.eligible_workers - sums.active_members, 0) as uncovered_workers,
    (select bool_or(coverage.is_sample) from coverage where coverage.province_code = ranked.province_code) as is_sample
from ranked
join core.region as region on ranked.province_code = region.region_code
left join sums on ranked.province_code = sums.province_code and ranked.as_of_date = sums.as_of_date
where ranked.place = 1
order by ranked.province_code
