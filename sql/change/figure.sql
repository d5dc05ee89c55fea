-- The figures whose moves are kept: coverage by regency and by province, and what plans start from and aim at.
-- Of target paths only the printed targets: what is worked out between them follows from them.
-- grain: table_name, region_code, key
with
coverage as (select * from mart.coverage),

province_coverage as (select * from mart.province_coverage),

plans as (select * from mart.rpjmd_baseline),

printed_targets as (
    select region_code, segment, document, cited_source, year, max(target_pct) as target_pct
    from mart.target_path
    where plan_target_id is not null and baseline = 'plan' and method = 'linear'
    group by region_code, segment, document, cited_source, year
),

figures as (
    select
        'mart.coverage' as table_name, region_code, as_of_date, cast(as_of_date as varchar) || ' ' || segment as key,
        eligible_workers, active_members, coverage_pct, null as baseline_pct, null as target_pct
    from coverage
    union all
    select
        'mart.province_coverage' as table_name, province_code as region_code, as_of_date,
        cast(as_of_date as varchar) || ' ' || segment as key,
        eligible_workers, active_members, coverage_pct, null as baseline_pct, null as target_pct
    from province_coverage
    union all
    select
        'mart.rpjmd_baseline' as table_name, region_code, null as as_of_date,
        segment || ' ' || document || ', ' || cited_source as key,
        null as eligible_workers, null as active_members, null as coverage_pct, baseline_pct, target_pct
    from plans
    union all
    select
        'mart.target_path' as table_name, region_code, null as as_of_date,
        cast(year as varchar) || ' ' || segment || ' ' || document || ', ' || cited_source as key,
        null as eligible_workers, null as active_members, null as coverage_pct, null as baseline_pct, target_pct
    from printed_targets
),

final as (
    select
        table_name,                                                 -- table of mart
        region_code,                                                -- regency 35.03, province 35, the nation 00
        as_of_date,                                                 -- the day that the figures describe; empty: of a plan
        key,                                                        -- the rest of the table's grain, as a text
        cast(eligible_workers as decimal(18, 2)) as eligible_workers, -- people
        cast(active_members as decimal(18, 2)) as active_members,   -- people
        cast(coverage_pct as decimal(18, 2)) as coverage_pct,       -- per cent
        cast(baseline_pct as decimal(18, 2)) as baseline_pct,       -- per cent
        cast(target_pct as decimal(18, 2)) as target_pct            -- per cent
    from figures
)

select * from final
