-- A date on which most but not all regencies of a province report.
-- severity: warning
with
reported as (
    select province_code, as_of_date, count(distinct region_code) as regions
    from mart.coverage
    group by province_code, as_of_date
),

expected as (
    select region_code, province_code, count(*) over (partition by province_code) as regions_expected
    from core.region
    where kind <> 'provinsi'
)

select
    expected.region_code || ' ' || cast(reported.as_of_date as varchar) as place,
    'missing: ' || cast(reported.regions as varchar) || ' of ' || cast(expected.regions_expected as varchar)
    || ' regencies report' as reason
from reported
join expected on reported.province_code = expected.province_code
left join mart.coverage
    on expected.region_code = coverage.region_code and reported.as_of_date = coverage.as_of_date
where reported.regions * 2 > expected.regions_expected and coverage.region_code is null
