-- Each region's latest coverage on or before a day: regencies as in force, provinces as the sum of all their regencies.
-- Not published: a step on the way to baselines and target paths. A province in which a regency is missing has none.
-- grain: region_code, segment
with
regencies as (
    select
        region_code, as_of_date, segment, eligible_workers, active_members, coverage_pct, source, basis, is_corrected,
        is_sample
    from mart.coverage
    where as_of_date <= :as_of and coverage_pct is not null
),

provinces as (
    select
        province_code as region_code, as_of_date, segment, eligible_workers, active_members, coverage_pct,
        'sum' as source, 'unstated' as basis, is_corrected, is_sample
    from mart.province_coverage
    where as_of_date <= :as_of and is_complete
),

measured as (
    select * from regencies
    union all
    select * from provinces
),

-- the segments of a region go by one date: the latest that has a TOTAL, else the latest of any
dates as (
    select
        region_code,
        coalesce(max(case when segment = 'TOTAL' then as_of_date end), max(as_of_date)) as as_of_date
    from measured
    group by region_code
),

final as (
    select
        measured.region_code,       -- regency 35.03 or province 35
        measured.segment,           -- PU, BPU, JAKON, PMI or TOTAL
        measured.as_of_date,        -- the day that the figures describe
        measured.eligible_workers,  -- people
        measured.active_members,    -- people
        measured.coverage_pct,      -- per cent, half up, two decimals
        measured.source,            -- who sent it; sum: the regencies of a province added up
        measured.basis,             -- ktp, workplace or unstated
        measured.is_corrected,      -- a corrected cell is behind it
        measured.is_sample          -- made-up sample data
    from measured
    join dates on measured.region_code = dates.region_code and measured.as_of_date = dates.as_of_date
)

select * from final
