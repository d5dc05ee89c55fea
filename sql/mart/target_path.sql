-- From a plan's baseline to its last target, year by year, by five methods, in per cent, people and rupiah.
--
-- Between two given points: linear and cagr by calendar year; logistic a straight line in log-odds; equal_stage and
-- cagr_stage give the ends of the stages (2029, 2034, 2039, 2045: steps of 4, 5, 5, 6 years) equal steps or equal ratios
-- and draw straight lines inside them. Given points are hit exactly. Where cagr and logistic need it, 0.1 stands in for a
-- baseline of 0 and 99.9 for a target of 100. A path never falls below its baseline: one above the target stays flat.
-- New members are split by segment in proportion to those not covered; what APBD pays is BPU's JKK and JKM, 12 months.
-- grain: region_code, segment, document, cited_source, baseline, method, projection, year
with
points as (select * from work.plan_point),

measured as (select * from work.region_coverage),

projections as (select * from mart.eligible_projection),

rates as (
    select * from core.contribution_rate
    where payer = 'government' and sector = 'other' and programme in ('JKK', 'JKM')
),

methods as (select * from (values ('linear'), ('cagr'), ('logistic'), ('equal_stage'), ('cagr_stage')) as m(method)),

stage_ends as (select * from (values (2029), (2034), (2039), (2045)) as s(year)),

years as (select cast(year as smallint) as year from generate_series(1990, 2069) as numbers(year)),

months as (select month from generate_series(1, 12) as numbers(month)),

gaps as (
    select *
    from (
        select
            region_code, segment, document, cited_source, baseline, year as from_year, pct as from_pct, baseline_year,
            lead(year) over path as to_year, lead(pct) over path as to_pct
        from points
        window path as (partition by region_code, segment, document, cited_source, baseline order by year)
    ) as following
    where to_year is not null
),

-- the stand-ins that logarithms need
bounded as (
    select
        *,
        case when from_pct > 0 then from_pct else 0.1 end as from_above_0,
        case when to_pct > 0 then to_pct else 0.1 end as to_above_0
    from gaps
),

odds as (
    select
        *,
        ln(least(from_above_0, 99.9) / (100 - least(from_above_0, 99.9))) as from_odds,
        ln(least(to_above_0, 99.9) / (100 - least(to_above_0, 99.9))) as to_odds
    from bounded
),

smooth as (
    select
        odds.region_code, odds.segment, odds.document, odds.cited_source, odds.baseline, methods.method, years.year,
        odds.from_pct, odds.to_pct,
        case
            when years.year = odds.to_year then odds.to_pct
            when methods.method = 'linear'
                then odds.from_pct + (odds.to_pct - odds.from_pct) * (years.year - odds.from_year)
                    / (odds.to_year - odds.from_year)
            when methods.method = 'cagr'
                then odds.from_above_0 * pow(
                    odds.to_above_0 / odds.from_above_0,
                    cast(years.year - odds.from_year as double) / (odds.to_year - odds.from_year)
                )
            else 100 / (1 + exp(-(odds.from_odds + (odds.to_odds - odds.from_odds)
                * cast(years.year - odds.from_year as double) / (odds.to_year - odds.from_year))))
        end as pct
    from odds
    join years on years.year > odds.from_year and years.year <= odds.to_year
    cross join methods
    where methods.method in ('linear', 'cagr', 'logistic')
),

-- a gap's nodes: its two ends and the ends of stages between them, numbered from 0
nodes as (
    select
        region_code, segment, document, cited_source, baseline, from_year, from_pct, to_pct, from_above_0, to_above_0,
        from_year as year, 0 as node
    from bounded
    union all
    select
        bounded.region_code, bounded.segment, bounded.document, bounded.cited_source, bounded.baseline,
        bounded.from_year, bounded.from_pct, bounded.to_pct, bounded.from_above_0, bounded.to_above_0, years.year,
        row_number() over (
            partition by bounded.region_code, bounded.segment, bounded.document, bounded.cited_source,
                bounded.baseline, bounded.from_year
            order by years.year
        ) as node
    from bounded
    join years on years.year > bounded.from_year and years.year <= bounded.to_year
    left join stage_ends on years.year = stage_ends.year
    where years.year = bounded.to_year or stage_ends.year is not null
),

node_values as (
    select
        nodes.*,
        methods.method,
        case
            when nodes.node = 0 then nodes.from_pct
            when nodes.node = max(nodes.node) over gap then nodes.to_pct
            when methods.method = 'equal_stage'
                then nodes.from_pct + (nodes.to_pct - nodes.from_pct) * nodes.node / max(nodes.node) over gap
            else nodes.from_above_0 * pow(
                nodes.to_above_0 / nodes.from_above_0, cast(nodes.node as double) / max(nodes.node) over gap
            )
        end as pct
    from nodes
    cross join methods
    where methods.method in ('equal_stage', 'cagr_stage')
    window gap as (
        partition by nodes.region_code, nodes.segment, nodes.document, nodes.cited_source, nodes.baseline,
            nodes.from_year, methods.method
    )
),

steps as (
    select
        *,
        lead(year) over gap as to_year,
        lead(pct) over gap as step_to_pct
    from node_values
    window gap as (
        partition by region_code, segment, document, cited_source, baseline, from_year, method order by node
    )
),

staged as (
    select
        steps.region_code, steps.segment, steps.document, steps.cited_source, steps.baseline, steps.method, years.year,
        steps.from_pct, steps.to_pct,
        case when years.year = steps.to_year then steps.step_to_pct
            else steps.pct + (steps.step_to_pct - steps.pct) * (years.year - steps.year) / (steps.to_year - steps.year)
        end as pct
    from steps
    join years on years.year > steps.year and years.year <= steps.to_year
),

starts as (
    select
        points.region_code, points.segment, points.document, points.cited_source, points.baseline, methods.method,
        points.year, points.pct as from_pct, points.pct as to_pct, points.pct
    from points
    cross join methods
    where points.year = points.baseline_year
),

walked as (
    select * from starts
    union all
    select * from smooth
    union all
    select * from staged
),

paths as (
    select
        walked.region_code, walked.segment, walked.document, walked.cited_source, walked.baseline, walked.method,
        walked.year, starts.year as baseline_year,
        -- half up in whole hundredths; 1e-7 takes the dust of floating point away
        cast(floor(
            greatest(least(greatest(walked.pct, least(walked.from_pct, walked.to_pct)),
                greatest(walked.from_pct, walked.to_pct)), starts.pct) * 100 + 0.5 + 1e-7
        ) as bigint) as hundredths,
        starts.pct as baseline_pct
    from walked
    join starts
        on walked.region_code = starts.region_code and walked.segment = starts.segment
        and walked.document = starts.document and walked.cited_source = starts.cited_source
        and walked.baseline = starts.baseline and walked.method = starts.method
),

facts as (
    select
        region_code, segment, document, cited_source, baseline, is_in_force, is_sample, final_year, baseline_pct,
        max(case when year = final_year then pct end) as final_pct,
        min(case when year > baseline_year then pct end) as lowest_given_pct,
        bool_or(is_corrected) as is_corrected
    from points
    group by
        region_code, segment, document, cited_source, baseline, is_in_force, is_sample, final_year, baseline_pct
),

with_people as (
    select
        paths.*,
        coalesce(projections.projection, 'none') as projection,
        projections.eligible_workers,
        coalesce(projections.is_corrected, false) as people_are_corrected,
        case
            when paths.baseline = 'measured' and paths.year = paths.baseline_year then measured.active_members
            else (paths.hundredths * projections.eligible_workers + 5000) // 10000
        end as target_members
    from paths
    left join projections
        on paths.region_code = projections.region_code and paths.segment = projections.segment
        and paths.year = projections.year
    left join measured on paths.region_code = measured.region_code and paths.segment = measured.segment
),

with_new as (
    select
        *,
        case when year = baseline_year then 0
            else greatest(target_members - lag(target_members) over path, 0) end as new_members
    from with_people
    window path as (
        partition by region_code, segment, document, cited_source, baseline, method, projection order by year
    )
),

-- those not covered, segment by segment, summed up from PU on: shares that add up exactly
uncovered as (
    select
        region_code,
        coalesce(max(case when segment = 'PU' then greatest(eligible_workers - active_members, 0) end), 0) as pu,
        coalesce(max(case when segment = 'BPU' then greatest(eligible_workers - active_members, 0) end), 0) as bpu,
        coalesce(max(case when segment = 'JAKON' then greatest(eligible_workers - active_members, 0) end), 0) as jakon,
        coalesce(max(case when segment = 'PMI' then greatest(eligible_workers - active_members, 0) end), 0) as pmi
    from measured
    where segment <> 'TOTAL'
    group by region_code
),

split as (
    select
        with_new.*,
        case with_new.segment when 'TOTAL' then (2 * new_members * pu + everyone) // (2 * everyone)
            else case with_new.segment when 'PU' then new_members else 0 end end as up_to_pu,
        case with_new.segment when 'TOTAL' then (2 * new_members * (pu + bpu) + everyone) // (2 * everyone)
            else case when with_new.segment in ('PU', 'BPU') then new_members else 0 end end as up_to_bpu,
        case with_new.segment when 'TOTAL' then (2 * new_members * (pu + bpu + jakon) + everyone) // (2 * everyone)
            else case when with_new.segment <> 'PMI' then new_members else 0 end end as up_to_jakon,
        case with_new.segment when 'TOTAL' then case when everyone > 0 then new_members end
            else new_members end as up_to_pmi
    from with_new
    left join (
        select *, nullif(pu + bpu + jakon + pmi, 0) as everyone from uncovered
    ) as shares on with_new.region_code = shares.region_code
),

-- what a member costs for the twelve months of a year, by the rates of each month
year_rates as (
    select years.year, sum(rates.rupiah_per_month) as rupiah_a_year
    from years
    cross join months
    join rates
        on make_date(cast(years.year as bigint), months.month, 1) >= rates.valid_from
        and (rates.valid_until is null or make_date(cast(years.year as bigint), months.month, 1) <= rates.valid_until)
    group by years.year
),

final as (
    select
        split.region_code,                                                    -- regency 35.03, province 35, the nation 00
        split.segment,                                                        -- what the target is about: TOTAL or one segment
        split.document,                                                       -- RPJPN, RPJPD, RPJMN, RPJMD or Kemendagri
        split.cited_source,                                                   -- document or article that prints the target
        split.baseline,                                                       -- plan: the printed baseline; measured: the one in force
        split.method,                                                         -- linear, cagr, logistic, equal_stage or cagr_stage
        split.projection,                                                     -- of eligible workers: flat, labour_force; none: not measured
        split.year,                                                           -- calendar year, from the baseline's to the last target's
        cast(split.hundredths * 0.01 as decimal(9, 2)) as target_pct,         -- per cent, half up, two decimals
        split.eligible_workers,                                               -- people, as projected
        cast(split.target_members as bigint) as target_members,               -- people: target_pct of eligible_workers
        cast(split.new_members as bigint) as new_members,                     -- people to be added in the year; never negative
        cast(sum(split.new_members) over so_far as bigint) as cumulative_new_members, -- people added since the baseline
        cast(split.up_to_pu as bigint) as pu_new_members,                     -- people: share of wage earners in new_members
        cast(split.up_to_bpu - split.up_to_pu as bigint) as bpu_new_members,  -- people: share of non-wage workers
        cast(split.up_to_jakon - split.up_to_bpu as bigint) as jakon_new_members, -- people: share of construction workers
        cast(split.up_to_pmi - split.up_to_jakon as bigint) as pmi_new_members, -- people: share of migrant workers
        cast(year_rates.rupiah_a_year as bigint) as rate_rupiah_a_year,       -- rupiah: JKK and JKM for 12 months, payer government, sector other
        cast((split.up_to_bpu - split.up_to_pu) * year_rates.rupiah_a_year as bigint) as contribution_rupiah, -- rupiah in the year, where APBD pays for the year's new BPU members
        cast(sum(split.up_to_bpu - split.up_to_pu) over so_far * year_rates.rupiah_a_year as bigint)
            as cumulative_contribution_rupiah,                                -- rupiah in the year, where APBD pays for all BPU members added since the baseline
        points.plan_target_id,                                                -- the row that prints this year's value (core.plan_target); empty: worked out, or measured
        facts.is_in_force,                                                    -- this source of the plan counts
        concat_ws(
            ',',
            case when split.baseline_pct > facts.final_pct then 'baseline_above_target' end,
            case when split.baseline_pct > facts.lowest_given_pct and split.baseline_pct <= facts.final_pct
                then 'baseline_above_stage' end,
            case when split.method in ('cagr', 'logistic', 'cagr_stage') and split.baseline_pct <= 0
                then 'baseline_0_read_as_0.1' end,
            case when split.method = 'logistic' and facts.final_pct > 99.9 then 'target_100_read_as_99.9' end
        ) as notes,                                                           -- what had to be decided on the way; empty: nothing
        facts.is_corrected or split.people_are_corrected as is_corrected,     -- a corrected cell is among those that its plan or its people rest on (meta.correction)
        facts.is_sample                                                       -- made-up sample data
    from split
    join facts
        on split.region_code = facts.region_code and split.segment = facts.segment
        and split.document = facts.document and split.cited_source = facts.cited_source
        and split.baseline = facts.baseline
    left join points
        on split.region_code = points.region_code and split.segment = points.segment
        and split.document = points.document and split.cited_source = points.cited_source
        and split.baseline = points.baseline and split.year = points.year
    left join year_rates on split.year = year_rates.year
    window so_far as (
        partition by split.region_code, split.segment, split.document, split.cited_source, split.baseline,
            split.method, split.projection
        order by split.year
        rows between unbounded preceding and current row
    )
)

select * from final
