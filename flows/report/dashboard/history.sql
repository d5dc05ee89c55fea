-- Coverage on every day, regencies as in force, provinces where more than half of their regencies report.
-- grain: region_code, as_of_date
with
sums as (
    select
        province_code as region_code, as_of_date,
        max(case when segment = 'TOTAL' then coverage_pct end) as total_pct,
        max(case when segment = 'PU' then coverage_pct end) as pu_pct,
        max(case when segment = 'BPU' then coverage_pct end) as bpu_pct,
        max(case when segment = 'JAKON' then coverage_pct end) as jakon_pct
    from mart.province_coverage
    where 2 * regions_reported > regions_expected
    group by province_code, as_of_date
)

select
    region_code, as_of_date, total_coverage_pct as total_pct, pu_coverage_pct as pu_pct, bpu_coverage_pct as bpu_pct,
    jakon_coverage_pct as jakon_pct
from mart.coverage_breakdown
union all
select region_code, as_of_date, total_pct, pu_pct, bpu_pct, jakon_pct from sums
order by region_code, as_of_date
