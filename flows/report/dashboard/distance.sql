-- What is missing to the target of the year: points, people (half up, as in mart.target_path) and rupiah for twelve
-- months of JKK and JKM for them. Of a province only where all its regencies report.
-- grain: region_code
with
measured as (
    select region.region_code, region.province_code, segment.eligible_workers, segment.active_members,
        segment.coverage_pct
    from region
    join segment on region.region_code = segment.region_code and segment.segment = 'TOTAL'
    union all
    select province_code as region_code, province_code, eligible_workers, active_members, coverage_pct
    from province
    where regions_reported = regions_expected
),

targets as (
    select
        measured.region_code, measured.eligible_workers, measured.active_members, measured.coverage_pct,
        target.year, target.document, target.cited_source, target.target_pct, target.rate_rupiah_a_year,
        cast((cast(100 * target.target_pct as bigint) * measured.eligible_workers + 5000) // 10000 as bigint)
            as target_members
    from measured
    join target_year on measured.province_code = target_year.province_code
    join target
        on measured.region_code = target.region_code and target_year.target_year = target.year and target.is_target
    where measured.coverage_pct is not null
)

select
    region_code, year, document, cited_source, target_pct, target_members,
    greatest(target_pct - coverage_pct, 0) as missing_pct_points,
    greatest(target_members - active_members, 0) as missing_members,
    greatest(target_members - active_members, 0) * rate_rupiah_a_year as missing_cost_rupiah
from targets
order by region_code
