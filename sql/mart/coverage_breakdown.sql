-- Coverage by region and date, one column for each segment and measure: the table that people paste.
-- grain: region_code, as_of_date
with
coverage as (select * from mart.coverage),

final as (
    select
        region_code,                                                                                  -- Kemendagri code, text (35.03)
        region_name,                                                                                  -- official name
        province_code,                                                                                -- code of the province (35)
        as_of_date,                                                                                   -- the day that the figures describe
        max(case when segment = 'PU' then eligible_workers end) as pu_eligible_workers,               -- people, wage earners
        max(case when segment = 'PU' then active_members end) as pu_active_members,                   -- people, wage earners
        max(case when segment = 'PU' then coverage_pct end) as pu_coverage_pct,                       -- per cent, wage earners
        max(case when segment = 'BPU' then eligible_workers end) as bpu_eligible_workers,             -- people, non-wage workers
        max(case when segment = 'BPU' then active_members end) as bpu_active_members,                 -- people, non-wage workers
        max(case when segment = 'BPU' then coverage_pct end) as bpu_coverage_pct,                     -- per cent, non-wage workers
        max(case when segment = 'JAKON' then eligible_workers end) as jakon_eligible_workers,         -- people, construction
        max(case when segment = 'JAKON' then active_members end) as jakon_active_members,             -- people, construction
        max(case when segment = 'JAKON' then coverage_pct end) as jakon_coverage_pct,                 -- per cent, construction
        max(case when segment = 'PMI' then eligible_workers end) as pmi_eligible_workers,             -- people, migrant workers
        max(case when segment = 'PMI' then active_members end) as pmi_active_members,                 -- people, migrant workers
        max(case when segment = 'PMI' then coverage_pct end) as pmi_coverage_pct,                     -- per cent, migrant workers
        max(case when segment = 'TOTAL' then eligible_workers end) as total_eligible_workers,         -- people, all segments
        max(case when segment = 'TOTAL' then active_members end) as total_active_members,             -- people, all segments
        max(case when segment = 'TOTAL' then coverage_pct end) as total_coverage_pct,                 -- per cent, all segments
        max(source) as source,                                                                        -- who sent the row in force
        max(basis) as basis,                                                                          -- ktp, workplace or unstated
        bool_or(is_latest) as is_latest,                                                              -- the region's latest date
        bool_or(is_sample) as is_sample,                                                              -- made-up sample data
        bool_or(is_corrected) as is_corrected                                                         -- a corrected cell is among those that its numbers rest on
    from coverage
    group by region_code, region_name, province_code, as_of_date
)

select * from final
