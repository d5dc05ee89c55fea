-- What the warehouse measured of every place that a print can name: regencies, and provinces of which all regencies
-- report. Not published: a step on the way to the check of published figures.
-- grain: region_code, as_of_date, segment
with
regencies as (select * from mart.coverage),

provinces as (select * from mart.province_coverage where is_complete),

both_kinds as (
    select region_code, as_of_date, segment, active_members, eligible_workers, coverage_pct, is_sample from regencies
    union all
    select province_code as region_code, as_of_date, segment, active_members, eligible_workers, coverage_pct, is_sample
    from provinces
),

final as (
    select
        region_code,        -- Kemendagri code: regency 35.03, province 35
        as_of_date,         -- the day that the figures describe
        segment,            -- PU, BPU, JAKON, PMI or TOTAL
        active_members,     -- people
        eligible_workers,   -- people
        coverage_pct,       -- per cent, half up, two decimals
        is_sample           -- made-up sample data
    from both_kinds
)

select * from final
