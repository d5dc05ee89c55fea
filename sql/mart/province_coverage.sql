-- Coverage of a province: the sum of its regencies of one date that report both counts of a segment.
-- grain: province_code, as_of_date, segment
with
coverage as (select * from mart.coverage where eligible_workers is not null and active_members is not null),

provinces as (select region_code, name from core.region where kind = 'provinsi'),

expected as (
    select province_code, count(*) as regions_expected from core.region where kind <> 'provinsi' group by province_code
),

summed as (
    select
        province_code,
        as_of_date,
        segment,
        cast(sum(eligible_workers) as bigint) as eligible_workers,
        cast(sum(active_members) as bigint) as active_members,
        count(*) as regions_reported,
        max(is_sample) as is_sample,
        bool_or(is_corrected) as is_corrected
    from coverage
    group by province_code, as_of_date, segment
),

final as (
    select
        summed.province_code,                                                        -- code of the province (35)
        provinces.name as province_name,                                             -- official name
        summed.as_of_date,                                                           -- the day that the figures describe
        summed.segment,                                                              -- PU, BPU, JAKON, PMI or TOTAL
        summed.eligible_workers,                                                     -- people, sum over the regencies that report
        summed.active_members,                                                       -- people, sum over the regencies that report
        case
            when summed.eligible_workers > 0
                then cast(cast((20000 * summed.active_members + summed.eligible_workers) // (2 * summed.eligible_workers)
                    as decimal(18, 0)) * 0.01 as decimal(18, 2))
        end as coverage_pct,                                                         -- per cent, half up, two decimals: active / eligible
        summed.regions_reported,                                                     -- regencies with both counts
        expected.regions_expected,                                                   -- regencies of the province
        summed.regions_reported = expected.regions_expected as is_complete,          -- all regencies report
        summed.is_sample,                                                            -- made-up sample data
        summed.is_corrected                                                          -- a corrected cell is among those that its sums rest on
    from summed
    join provinces on summed.province_code = provinces.region_code
    join expected on summed.province_code = expected.province_code
)

select * from final
