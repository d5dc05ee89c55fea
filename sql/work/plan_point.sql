-- The points that a target path goes through: a baseline (as the plan prints it, or as measured), then the given targets.
-- A measured baseline counts for the year of its as-of date; targets up to that year are behind it. Not published.
-- grain: region_code, segment, document, cited_source, baseline, year
with
plans as (select * from work.plan),

measured as (select * from work.region_coverage),

one_a_source as (select * from plans where target_year = final_year),

baselines as (
    select
        region_code, segment, document, cited_source, 'plan' as baseline, baseline_year as year, baseline_pct as pct,
        final_year, plan_target_id, is_in_force, is_corrected, is_sample
    from one_a_source
    union all
    select
        one_a_source.region_code, one_a_source.segment, one_a_source.document, one_a_source.cited_source,
        'measured' as baseline, cast(extract(year from measured.as_of_date) as smallint) as year,
        measured.coverage_pct as pct, one_a_source.final_year, cast(null as varchar) as plan_target_id,
        one_a_source.is_in_force,
        measured.is_corrected,
        one_a_source.is_sample or measured.is_sample as is_sample
    from one_a_source
    join measured on one_a_source.region_code = measured.region_code and one_a_source.segment = measured.segment
),

points as (
    select *, year as baseline_year, pct as baseline_pct from baselines where year < final_year
    union all
    select
        plans.region_code, plans.segment, plans.document, plans.cited_source, baselines.baseline,
        plans.target_year as year, plans.target_pct as pct, plans.final_year, plans.plan_target_id, plans.is_in_force, plans.is_corrected,
        baselines.is_sample,
        baselines.year as baseline_year, baselines.pct as baseline_pct
    from plans
    join baselines
        on plans.region_code = baselines.region_code and plans.segment = baselines.segment
        and plans.document = baselines.document and plans.cited_source = baselines.cited_source
        and plans.target_year > baselines.year
),

final as (
    select
        region_code,                                    -- regency 35.03, province 35, the nation 00
        segment,                                        -- TOTAL or one segment
        document,                                       -- RPJPN, RPJPD, RPJMN, RPJMD or Kemendagri
        cited_source,                                   -- document or article that prints it
        baseline,                                       -- plan: as printed; measured: as in force
        year,                                           -- year of the point
        cast(pct as double) as pct,                     -- per cent
        baseline_year,                                  -- year of the path's first point
        cast(baseline_pct as double) as baseline_pct,   -- per cent: the path's first point
        final_year,                                     -- year of its last point
        plan_target_id,                                 -- the row that prints it (core.plan_target); empty: measured
        is_in_force,                                    -- this source counts
        is_corrected,                                   -- a corrected cell is behind it
        is_sample                                       -- made-up sample data
    from points
)

select * from final
