-- What each plan starts from and aims at, beside what is measured: the head of a planning table.
-- grain: region_code, segment, document, cited_source
with
plans as (select * from work.plan where target_year = final_year),

stages as (
    select region_code, segment, document, cited_source, count(*) as given_targets
    from work.plan
    group by region_code, segment, document, cited_source
),

measured as (select * from work.region_coverage),

regions as (
    select region_code, name from core.region
    union all
    select '00' as region_code, 'Indonesia' as name
),

final as (
    select
        plans.region_code,                              -- regency 35.03, province 35, the nation 00
        regions.name as region_name,                    -- official name
        plans.segment,                                  -- what the target is about: TOTAL or one segment
        plans.document,                                 -- RPJPN, RPJPD, RPJMN, RPJMD or Kemendagri
        plans.cited_source,                             -- document or article that prints it
        plans.legal_basis,                              -- regulation that sets it; may be empty
        plans.baseline_year,                            -- year that the printed baseline describes
        cast(plans.baseline_pct as decimal(9, 2)) as baseline_pct, -- per cent, as printed
        measured.as_of_date as measured_on,             -- the day of the measured figure; empty: not measured
        measured.coverage_pct as measured_pct,          -- per cent, as in force
        measured.active_members as measured_members,    -- people
        measured.eligible_workers as measured_eligible_workers, -- people
        measured.source as measured_source,             -- who sent the measured figure; sum: regencies added up
        measured.coverage_pct - plans.baseline_pct as measured_less_baseline_pct_points, -- percentage points: measured less printed
        plans.target_year,                              -- year of the last target
        cast(plans.target_pct as decimal(9, 2)) as target_pct, -- per cent, as printed
        stages.given_targets,                           -- how many target years the source gives
        plans.rank as source_rank,                      -- 1 goes before 2; empty: not ranked
        plans.sources,                                  -- how many sources give this plan
        plans.is_in_force,                              -- this source counts; where none does, a person must choose
        plans.plan_target_id,                           -- the row behind it (core.plan_target)
        plans.is_corrected or coalesce(measured.is_corrected, false) as is_corrected, -- a corrected cell is among those that its numbers rest on (meta.correction)
        plans.is_sample                                 -- made-up sample data
    from plans
    join stages
        on plans.region_code = stages.region_code and plans.segment = stages.segment
        and plans.document = stages.document and plans.cited_source = stages.cited_source
    join regions on plans.region_code = regions.region_code
    left join measured on plans.region_code = measured.region_code and plans.segment = measured.segment
)

select * from final
