-- Which printed figures should add up: the segments of one print to its TOTAL, the areas of a place to the whole, each
-- with its part in the sum and what the sum says. Not published: a step on the way to the check of published figures.
--
-- Members must add up where PU, BPU and JAKON are all printed (or at least two areas); of fewer segments the sum may
-- fall short of the TOTAL, never pass it. Denominators are compared the same way; where one is not printed its members
-- and its percentage say between what it lies (members / p + s, members / p - s/2), so that 26.04 % of all is held
-- against the three segments' percentages too. Floating point is enough here: it only ever widens.
-- grain: sum_id, published_figure_id
with
figures as (
    select
        *,
        coalesce(
            cast(eligible_workers as double), cast(active_members as double) * 100000000 / (pct_units + step_units)
        ) as eligible_low,
        coalesce(
            cast(eligible_workers as double),
            case when 2 * pct_units > step_units
                then cast(active_members as double) * 200000000 / (2 * pct_units - step_units) end
        ) as eligible_high
    from work.printed_figure
    where figure = 'measured'
),

terms as (
    select print_id || ':segments' as sum_id, 'segments' as check_name, segment = 'TOTAL' as is_whole, figures.*
    from figures
    where area is null
    union all
    select print_id || ':areas:' || segment as sum_id, 'areas' as check_name, area is null as is_whole, figures.*
    from figures
),

summed as (
    select
        sum_id,
        check_name,
        cast(sum(case when not is_whole then active_members end) as bigint) as parts_members,
        cast(sum(case when not is_whole then eligible_low end) as double) as parts_eligible_low,
        cast(sum(case when not is_whole then eligible_high end) as double) as parts_eligible_high,
        count(case when not is_whole then 1 end) as parts,
        count(case when not is_whole then active_members end) as parts_with_members,
        count(case when not is_whole then eligible_high end) as parts_with_eligible,
        count(case when segment in ('PU', 'BPU', 'JAKON') and not is_whole then 1 end) as named_parts,
        string_agg(
            case when not is_whole then cast(active_members as varchar) end, ' + ' order by active_members desc
        ) as parts_text,
        max(case when is_whole then active_members end) as whole_members,
        max(case when is_whole then eligible_workers end) as whole_eligible,
        max(case when is_whole then pct_units end) as whole_pct_units,
        max(case when is_whole then step_units end) as whole_step_units
    from terms
    group by sum_id, check_name
    having count(case when is_whole then 1 end) = 1 and count(case when not is_whole then 1 end) >= 2
),

completed as (
    select
        *,
        parts = parts_with_members and (check_name = 'areas' or named_parts = 3) as has_all_members,
        parts = parts_with_eligible and (check_name = 'areas' or named_parts = 3) as has_all_eligible
    from summed
),

wholes as (
    select
        *,
        coalesce(whole_members, case when has_all_members then parts_members end) as members_of_whole
    from completed
),

ranged as (
    select
        *,
        coalesce(
            cast(whole_eligible as double),
            cast(members_of_whole as double) * 100000000 / (whole_pct_units + whole_step_units)
        ) as whole_eligible_low,
        coalesce(
            cast(whole_eligible as double),
            case when 2 * whole_pct_units > whole_step_units
                then cast(members_of_whole as double) * 200000000 / (2 * whole_pct_units - whole_step_units) end
        ) as whole_eligible_high
    from wholes
),

judged as (
    select
        *,
        case
            when parts_members > whole_members then 'fails'
            when parts_members = whole_members then 'holds'
            when has_all_members and parts_members < whole_members then 'fails'
        end as members_state,
        case
            when not has_all_eligible or whole_eligible_high is null then null
            when parts_eligible_low > whole_eligible_high + 0.001 then 'fails'
            when parts_eligible_high < whole_eligible_low - 0.001 then 'fails'
            else 'holds'
        end as eligible_state
    from ranged
),

final as (
    select
        terms.sum_id,                   -- the print, and what is summed
        terms.published_figure_id,      -- the term
        terms.check_name,               -- segments or areas
        terms.is_whole,                 -- it is what the others should add up to
        terms.active_members,           -- people: of the term
        terms.eligible_low,             -- people: the term's denominator is no less
        terms.eligible_high,            -- people: the term's denominator is no more
        judged.parts_members,           -- people: the parts' sum
        judged.parts_text,              -- people: the parts, as they are added
        judged.parts_eligible_low,      -- people: the parts' denominators are together no less
        judged.parts_eligible_high,     -- people: the parts' denominators are together no more
        judged.whole_members,           -- people: as printed of the whole; empty: not printed
        judged.whole_eligible_low,      -- people: the denominator of the whole is no less
        judged.whole_eligible_high,     -- people: the denominator of the whole is no more
        judged.members_state,           -- holds or fails; empty: nothing to compare, or parts are not printed
        judged.eligible_state           -- holds or fails; empty: nothing to compare, or parts are not printed
    from terms
    join judged on terms.sum_id = judged.sum_id
)

select * from final
