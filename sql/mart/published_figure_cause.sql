-- Likely causes of what does not hold in print, each with the arithmetic that supports it and how many rivals it has.
--
-- A cause is a single fault by which every check that the figure takes part in would hold: its percentage against its
-- counts, the measurement of the very day, the segments and areas of its print; and nothing else in a sum that failed
-- is left unexplained. What work.printed_variant lists is searched, and no more. Where rank 1 has rivals, arithmetic
-- can't tell; the order is that of plausibility.
-- grain: published_figure_id, cause, field, likely
with
figures as (select * from work.printed_figure),

terms as (select * from work.printed_sum),

faults as (select * from work.printed_fault),

variants as (select * from work.printed_variant),

plausibility as (
    select cause, place
    from (values
        ('truncated', 1), ('years_swapped', 2), ('segment_label', 3), ('thousands_lost', 4),
        ('digits_transposed', 5), ('other_denominator', 6)
    ) as listed (cause, place)
),

faulty as (select published_figure_id, count(*) as faults from faults group by published_figure_id),

-- terms of one failing sum: whether mending the other one mends all that fails at this one
shared as (
    select
        faults.published_figure_id, others.published_figure_id as other_id,
        count(*) = max(faulty.faults) as is_all
    from faults
    join faulty on faults.published_figure_id = faulty.published_figure_id
    join faults as others
        on faults.fault_id = others.fault_id and faults.published_figure_id <> others.published_figure_id
    group by faults.published_figure_id, others.published_figure_id
),

-- mending these leaves something of another term unexplained
insufficient as (select distinct other_id as published_figure_id from shared where not is_all),

tried as (
    select
        variants.*,
        figures.segment,
        figures.step_units,
        figures.stated_on,
        -- a changed digit must give the percentage as rounded; the others also as truncated
        case when cause = 'digits_transposed' then figures.step_units else 2 * figures.step_units end as step_above,
        coalesce(variants.members_low, variants.day_members) as part_low,
        coalesce(variants.members_high, variants.day_members) as part_high,
        coalesce(variants.eligible_low, variants.day_eligible) as all_low,
        coalesce(variants.eligible_high, variants.day_eligible) as all_high,
        -- of a sum the denominator counts as it is, not as the percentage took it
        case
            when cause = 'other_denominator' then coalesce(figures.day_eligible, figures.eligible_workers)
            else variants.eligible_low
        end as term_eligible_low,
        case
            when cause = 'other_denominator' then coalesce(figures.day_eligible, figures.eligible_workers)
            else variants.eligible_high
        end as term_eligible_high
    from variants
    join figures on variants.published_figure_id = figures.published_figure_id
),

-- its own counts, and the measurement of what it would be
fitting as (
    select *
    from tried
    where
        (members_low <= eligible_high or segment = 'JAKON' or members_low is null or eligible_high is null)
        and (
            pct_units is null or members_low is null or eligible_low is null
            or (
                200000000 * members_high >= (2 * pct_units - step_units) * eligible_low
                and 200000000 * members_low < (2 * pct_units + step_above) * eligible_high
            )
        )
        and (day_members is null or members_low is null or day_members between members_low and members_high)
        and (day_eligible is null or eligible_low is null or day_eligible between eligible_low and eligible_high)
        and (
            pct_units is null or day_members is null or day_eligible is null
            or (
                200000000 * day_members >= (2 * pct_units - step_units) * day_eligible
                and 200000000 * day_members < (2 * pct_units + step_above) * day_eligible
            )
        )
        and (
            cause <> 'segment_label'
            or (members_low is not null and day_members is not null)
            or (eligible_low is not null and day_eligible is not null)
            or (pct_units is not null and day_members is not null and day_eligible is not null)
        )
),

-- each sum with this term changed: what the parts and the whole would be
changed_terms as (
    select
        fitting.*,
        terms.is_whole,
        terms.members_state,
        terms.eligible_state,
        terms.active_members,
        terms.eligible_low as printed_eligible_low,
        terms.eligible_high as printed_eligible_high,
        terms.parts_members,
        terms.parts_text,
        terms.parts_eligible_low,
        terms.parts_eligible_high,
        terms.whole_members,
        terms.whole_eligible_low,
        terms.whole_eligible_high,
        coalesce(members_low, case when is_whole then parts_members end) as own_members_low,
        coalesce(members_high, case when is_whole then parts_members end) as own_members_high
    from fitting
    join terms on fitting.published_figure_id = terms.published_figure_id
    -- what is no TOTAL, or no part, is not of that sum
    where not (cause = 'segment_label' and 'TOTAL' in (printed, likely))
),

implied as (
    select
        *,
        coalesce(
            cast(term_eligible_low as double), cast(own_members_low as double) * 100000000 / (pct_units + step_units)
        ) as implied_low,
        coalesce(
            cast(term_eligible_high as double),
            case when 2 * pct_units > step_units
                then cast(own_members_high as double) * 200000000 / (2 * pct_units - step_units) end
        ) as implied_high,
        -- a whole without members of its own takes its parts'
        case
            when whole_members is null and whole_eligible_low < whole_eligible_high and not is_whole
                then cast(parts_members - active_members + members_low as double) / parts_members
            else 1
        end as growth_low,
        case
            when whole_members is null and whole_eligible_low < whole_eligible_high and not is_whole
                then cast(parts_members - active_members + members_high as double) / parts_members
            else 1
        end as growth_high
    from changed_terms
),

changed_sums as (
    select
        variant_id, cause, members_low, members_state, eligible_state, is_whole, parts_members, parts_text, whole_members,
        parts_members - active_members as other_parts,
        case when is_whole then parts_members else parts_members - active_members + members_low end as parts_low,
        case when is_whole then parts_members else parts_members - active_members + members_high end as parts_high,
        case when is_whole then members_low else whole_members end as whole_low,
        case when is_whole then members_high else whole_members end as whole_high,
        parts_eligible_low + case when is_whole then 0 else implied_low - printed_eligible_low end as all_parts_low,
        parts_eligible_high + case when is_whole then 0 else implied_high - printed_eligible_high end as all_parts_high,
        case when is_whole then implied_low else whole_eligible_low * growth_low end as all_whole_low,
        case when is_whole then implied_high else whole_eligible_high * growth_high end as all_whole_high
    from implied
),

sums as (
    select
        variant_id,
        min(
            case
                -- a table in thousands adds up as it is
                when cause = 'thousands_lost' and members_state = 'holds' then 1
                when members_low is null then case when members_state = 'fails' then 0 else 1 end
                when members_state is null then case when parts_low > whole_high then 0 else 1 end
                when parts_low <= whole_high and parts_high >= whole_low then 1
                else 0
            end
        ) as members_hold,
        min(
            case
                when eligible_state is null or (cause = 'thousands_lost' and eligible_state = 'holds') then 1
                when all_parts_low > all_whole_high + 0.001 or all_parts_high < all_whole_low - 0.001 then 0
                when all_parts_low is null or all_whole_high is null then
                    case when eligible_state = 'fails' then 0 else 1 end
                else 1
            end
        ) as eligible_hold,
        min(
            case
                when members_state is null or members_low is null then null
                when is_whole then parts_text || ' = ' || cast(parts_members as varchar)
                else cast(other_parts as varchar) || ' + ' || cast(whole_members - other_parts as varchar) || ' = '
                    || cast(whole_members as varchar)
            end
        ) as sum_text
    from changed_sums
    group by variant_id
),

holding as (
    select fitting.*, sums.sum_text
    from fitting
    left join sums on fitting.variant_id = sums.variant_id
    left join insufficient on fitting.published_figure_id = insufficient.published_figure_id
    where coalesce(sums.members_hold, 1) = 1 and coalesce(sums.eligible_hold, 1) = 1
        -- two labels swapped are two figures, each explained by itself
        and (insufficient.published_figure_id is null or fitting.cause = 'segment_label')
),

-- one digit more than was printed, so that rounding and truncation can be told apart
ratios as (
    select
        *,
        10000000 // step_units as ratio_scale,
        (2000000000 // step_units * part_low + all_high) // nullif(2 * all_high, 0) as ratio_low,
        (2000000000 // step_units * part_high + all_low) // nullif(2 * all_low, 0) as ratio_high
    from (
        select
            published_figure_id, cause, field, printed, likely, likely_source, part_low, part_high, all_low, all_high,
            pct_units, step_units, day_members, day_eligible, stated_on, sum_text
        from holding
        union all
        select
            published_figure_id, 'truncated' as cause, 'coverage_pct' as field, pct_text as printed,
            case
                when step_units < 1000000
                    then cast((pct_units + step_units) // 1000000 as varchar) || '.'
                        || substr(cast((1000000 + (pct_units + step_units) % 1000000) // step_units as varchar), 2)
                else cast((pct_units + step_units) // 1000000 as varchar)
            end as likely,
            null as likely_source,
            case when own_state = 'truncated' then active_members else day_members end as part_low,
            case when own_state = 'truncated' then active_members else day_members end as part_high,
            case when own_state = 'truncated' then eligible_workers else day_eligible end as all_low,
            case when own_state = 'truncated' then eligible_workers else day_eligible end as all_high,
            pct_units, step_units,
            case when own_state = 'truncated' then null else day_members end as day_members,
            case when own_state = 'truncated' then null else day_eligible end as day_eligible,
            stated_on, null as sum_text
        from figures
        where (own_state = 'truncated' or measured_state = 'truncated')
            and published_figure_id not in (select published_figure_id from faults)
    ) as supported
),

baselines as (select * from figures where figure = 'baseline' and year is not null),

targets as (select * from figures where figure = 'target' and year is not null),

-- the earliest target goes before its baseline, and would be a baseline no higher than the target
swapped_years as (
    select
        baselines.published_figure_id as baseline_id, targets.published_figure_id as target_id,
        cast(baselines.year as varchar) as baseline_year, cast(targets.year as varchar) as target_year,
        cast(targets.year as varchar) || ' < ' || cast(baselines.year as varchar)
        || coalesce('; ' || baselines.pct_text || ' <= ' || targets.pct_text, '') as arithmetic
    from baselines
    join targets
        on baselines.print_id = targets.print_id and baselines.segment = targets.segment
        and coalesce(baselines.area, '') = coalesce(targets.area, '') and baselines.year > targets.year
    left join targets as others
        on targets.print_id = others.print_id and targets.segment = others.segment
        and coalesce(targets.area, '') = coalesce(others.area, '')
        and targets.published_figure_id <> others.published_figure_id and others.year <= targets.year
    where others.published_figure_id is null
        and coalesce(baselines.pct_units <= targets.pct_units, true)
),

causes as (
    select
        published_figure_id, cause, field, printed, likely, likely_source,
        concat_ws(
            '; ',
            case
                when pct_units is not null and ratio_high is not null then
                    cast(part_low as varchar)
                    || case when part_low < part_high then '..' || cast(part_high as varchar) else '' end
                    || ' / ' || cast(all_low as varchar)
                    || case when all_low < all_high then '..' || cast(all_high as varchar) else '' end
                    || ' = ' || cast(ratio_low // ratio_scale as varchar) || '.'
                    || substr(cast(ratio_scale + ratio_low % ratio_scale as varchar), 2)
                    || case
                        when part_low < part_high or all_low < all_high
                            then '..' || cast(ratio_high // ratio_scale as varchar) || '.'
                                || substr(cast(ratio_scale + ratio_high % ratio_scale as varchar), 2)
                        else ''
                    end
                    || ' %' || case when day_members is not null then ' (' || cast(stated_on as varchar) || ')' else '' end
                when field = 'eligible_workers' then cast(day_eligible as varchar) || ' (' || cast(stated_on as varchar) || ')'
                else cast(day_members as varchar) || ' (' || cast(stated_on as varchar) || ')'
            end,
            sum_text
        ) as arithmetic
    from ratios
    union all
    select
        baseline_id as published_figure_id, 'years_swapped' as cause, 'year' as field, baseline_year as printed,
        target_year as likely, null as likely_source, arithmetic
    from swapped_years
    union all
    select
        target_id as published_figure_id, 'years_swapped' as cause, 'year' as field, target_year as printed,
        baseline_year as likely, null as likely_source, arithmetic
    from swapped_years
),

placed as (
    select causes.*, plausibility.place
    from causes
    join plausibility on causes.cause = plausibility.cause
),

-- every cause that would mend what fails at a figure: its own, and those of a sum's other terms
explanations as (
    select published_figure_id, place from placed
    union all
    select shared.published_figure_id, placed.place
    from shared
    join placed on shared.other_id = placed.published_figure_id and shared.is_all
),

contested as (
    select
        placed.published_figure_id, placed.cause, placed.field, placed.likely,
        count(*) - 1 as rivals,
        1 + count(case when explanations.place < placed.place then 1 end) as rank
    from placed
    join explanations on placed.published_figure_id = explanations.published_figure_id
    group by placed.published_figure_id, placed.cause, placed.field, placed.likely
),

final as (
    select
        placed.published_figure_id,     -- source:extract:sheet number:row (core.published_figure)
        placed.cause,                   -- truncated, years_swapped, segment_label, thousands_lost, digits_transposed or other_denominator
        contested.rank,                 -- 1 is the most plausible; equal ranks can't be told apart
        contested.rivals,               -- other causes that would mend the same
        placed.field,                   -- the number or the label at fault: active_members, eligible_workers, both counts, coverage_pct, segment or year
        placed.printed,                 -- what was printed of it
        placed.likely,                  -- what it likely should be: people, per cent, segment or year
        placed.likely_source,           -- other_denominator only: what that denominator is
        placed.arithmetic,              -- what supports it; (date): measured on that day; a..b: anything between
        figures.source,                 -- who sent the print
        figures.is_sample               -- made-up sample data
    from placed
    join contested
        on placed.published_figure_id = contested.published_figure_id and placed.cause = contested.cause
        and placed.field = contested.field and placed.likely = contested.likely
    join figures on placed.published_figure_id = figures.published_figure_id
)

select * from final
