-- A province's sum that is not the sum of its regencies, or counts more regencies than there are.
-- severity: error
with
regencies as (
    select province_code, as_of_date, segment,
        sum(eligible_workers) as eligible_workers, sum(active_members) as active_members
    from mart.coverage
    where eligible_workers is not null and active_members is not null
    group by province_code, as_of_date, segment
)

select
    province_coverage.province_code || ' ' || cast(province_coverage.as_of_date as varchar) || ' '
    || province_coverage.segment as place,
    'sum or number of regencies does not hold' as reason
from mart.province_coverage
left join regencies
    on province_coverage.province_code = regencies.province_code
    and province_coverage.as_of_date = regencies.as_of_date and province_coverage.segment = regencies.segment
where regencies.province_code is null
    or province_coverage.eligible_workers <> regencies.eligible_workers
    or province_coverage.active_members <> regencies.active_members
    or province_coverage.regions_reported > province_coverage.regions_expected
