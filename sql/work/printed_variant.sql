-- The search over causes: what a doubted figure would be if one fault had been made in printing it. Not published: a
-- step on the way to the check of published figures, where each variant is tried.
--
-- Searched are, and no more, in the order of plausibility:
--   1 truncated          nothing changed: the percentage was cut off, not rounded (in mart.published_figure_cause)
--   2 years_swapped      baseline and target year of one print, swapped (there too)
--   3 segment_label      the figure is what was measured of another segment on that day
--   4 thousands_lost     members, denominator or both are given in thousands, rounded or cut off (39 for 38,595)
--   5 digits_transposed  two neighbouring digits of one number; never across the decimal point, the first never 0
--   6 other_denominator  the percentage is of the people employed or in the labour force (of that year or the year
--                        before), of another segment's denominator of that day, or of another one in the same print
-- One fault at a time. A truncated percentage that could also be a swap keeps its swaps as rivals.
-- grain: variant_id
with
figures as (select * from work.printed_figure where figure = 'measured'),

measured as (select * from work.measured_coverage),

known_labour as (
    select * from core.labour_force_value
    where known_from <= :known_at and (known_until is null or known_until > :known_at)
        and measure in ('employed_people', 'labour_force_people') and value > 0
),

faulty as (select published_figure_id from work.printed_fault group by published_figure_id),

powers as (
    select power
    from (values (1), (10), (100), (1000), (10000), (100000), (1000000), (10000000)) as listed (power)
),

doubted as (
    select
        figures.*,
        faulty.published_figure_id is not null as is_faulty
    from figures
    left join faulty on figures.published_figure_id = faulty.published_figure_id
    where faulty.published_figure_id is not null or own_state = 'truncated' or measured_state = 'truncated'
),

-- more members than workers and no percentage: any smaller number would do, so none is sought
suspects as (
    select *
    from doubted
    where is_faulty and not (pct_units is null and coalesce(active_members > eligible_workers, false))
),

labels as (
    select
        suspects.published_figure_id,
        'segment_label' as cause, 'segment' as field,
        suspects.segment as printed, measured.segment as likely, cast(null as varchar) as likely_source,
        suspects.active_members as members_low, suspects.active_members as members_high,
        suspects.eligible_workers as eligible_low, suspects.eligible_workers as eligible_high,
        suspects.pct_units,
        measured.active_members as day_members, measured.eligible_workers as day_eligible
    from suspects
    join measured
        on suspects.region_code = measured.region_code and suspects.stated_on = measured.as_of_date
        and suspects.is_sample = measured.is_sample and suspects.segment <> measured.segment
    where suspects.area is null
),

-- no more than 400,000 thousands are printed of anything: a number above it has not lost its thousands
thousands as (
    select
        published_figure_id,
        'thousands_lost' as cause, 'active_members' as field,
        cast(active_members as varchar) as printed,
        cast(1000 * active_members as varchar) as likely,
        cast(null as varchar) as likely_source,
        1000 * active_members - 500 as members_low, 1000 * active_members + 999 as members_high,
        eligible_workers as eligible_low, eligible_workers as eligible_high,
        pct_units, day_members, day_eligible
    from suspects
    where active_members between 1 and 400000
    union all
    select
        published_figure_id, 'thousands_lost' as cause, 'eligible_workers' as field,
        cast(eligible_workers as varchar) as printed, cast(1000 * eligible_workers as varchar) as likely,
        cast(null as varchar) as likely_source,
        active_members as members_low, active_members as members_high,
        1000 * eligible_workers - 500 as eligible_low, 1000 * eligible_workers + 999 as eligible_high,
        pct_units, day_members, day_eligible
    from suspects
    where eligible_workers between 1 and 400000
    union all
    select
        published_figure_id, 'thousands_lost' as cause, 'both counts' as field,
        cast(active_members as varchar) || ', ' || cast(eligible_workers as varchar) as printed,
        cast(1000 * active_members as varchar) || ', ' || cast(1000 * eligible_workers as varchar) as likely,
        cast(null as varchar) as likely_source,
        1000 * active_members - 500 as members_low, 1000 * active_members + 999 as members_high,
        1000 * eligible_workers - 500 as eligible_low, 1000 * eligible_workers + 999 as eligible_high,
        pct_units, day_members, day_eligible
    from suspects
    where active_members between 1 and 400000 and eligible_workers between 1 and 400000
        -- both in thousands: the percentage is nearly what it was, and would excuse much by itself
        and coalesce(day_members, day_eligible) is not null
),

numbers as (
    select doubted.*, 'active_members' as field, active_members as number, 0 as point_at from doubted
    union all
    select doubted.*, 'eligible_workers' as field, eligible_workers as number, 0 as point_at from doubted
    union all
    select
        doubted.*, 'coverage_pct' as field, pct_units // step_units as number, 1000000 // (10 * step_units) as point_at
    from doubted
    where pct_units % step_units = 0 and step_units <= 1000000
),

-- d1 d0 becomes d0 d1: the number grows by 9 x their difference x the place of d0
swaps as (
    select
        numbers.*,
        powers.power,
        number + 9 * powers.power * ((number // powers.power) % 10 - (number // (10 * powers.power)) % 10) as swapped
    from numbers
    join powers on numbers.number >= 10 * powers.power and numbers.point_at <> powers.power
),

transposed as (
    select
        published_figure_id,
        'digits_transposed' as cause, field,
        case when field = 'coverage_pct' then pct_text else cast(number as varchar) end as printed,
        case
            when point_at > 0
                then cast(swapped // (10 * point_at) as varchar) || '.'
                    || substr(cast(10 * point_at + swapped % (10 * point_at) as varchar), 2)
            else cast(swapped as varchar)
        end as likely,
        cast(null as varchar) as likely_source,
        case when field = 'active_members' then swapped else active_members end as members_low,
        case when field = 'active_members' then swapped else active_members end as members_high,
        case when field = 'eligible_workers' then swapped else eligible_workers end as eligible_low,
        case when field = 'eligible_workers' then swapped else eligible_workers end as eligible_high,
        case when field = 'coverage_pct' then swapped * step_units else pct_units end as pct_units,
        day_members, day_eligible
    from swaps
    where swapped <> number and swapped >= 10 * power
),

other_denominators as (
    select
        suspects.published_figure_id, cast(labour.value as bigint) as denominator,
        labour.measure || ' ' || cast(labour.year as varchar) as likely_source
    from suspects
    join known_labour as labour
        on suspects.region_code = labour.region_code and suspects.is_sample = labour.is_sample
        and labour.year between extract(year from suspects.stated_on) - 1 and extract(year from suspects.stated_on)
    union all
    select
        suspects.published_figure_id, measured.eligible_workers as denominator,
        'eligible_workers ' || measured.segment || ' ' || cast(measured.as_of_date as varchar) as likely_source
    from suspects
    join measured
        on suspects.region_code = measured.region_code and suspects.stated_on = measured.as_of_date
        and suspects.is_sample = measured.is_sample and suspects.segment <> measured.segment
    where measured.eligible_workers > 0
    union all
    select
        suspects.published_figure_id, others.eligible_workers as denominator,
        'eligible_workers ' || others.segment || ' in print' as likely_source
    from suspects
    join figures as others
        on suspects.print_id = others.print_id and suspects.published_figure_id <> others.published_figure_id
    where others.eligible_workers > 0
),

-- one number, one candidate, whatever it is called
named_denominators as (
    select published_figure_id, denominator, min(likely_source) as likely_source
    from other_denominators
    group by published_figure_id, denominator
),

denominators as (
    select
        suspects.published_figure_id,
        'other_denominator' as cause, 'eligible_workers' as field,
        cast(suspects.eligible_workers as varchar) as printed, cast(named.denominator as varchar) as likely,
        named.likely_source,
        coalesce(suspects.active_members, suspects.day_members) as members_low,
        coalesce(suspects.active_members, suspects.day_members) as members_high,
        named.denominator as eligible_low, named.denominator as eligible_high,
        suspects.pct_units, suspects.day_members, named.denominator as day_eligible
    from suspects
    join named_denominators as named on suspects.published_figure_id = named.published_figure_id
    where suspects.area is null and suspects.pct_units is not null
        and coalesce(suspects.active_members, suspects.day_members) is not null
        and named.denominator <> coalesce(suspects.day_eligible, 0)
        and (suspects.eligible_workers is null or suspects.own_state = 'fails'
            or suspects.eligible_workers = named.denominator)
),

variants as (
    select * from labels
    union all
    select * from thousands
    union all
    select * from transposed
    union all
    select * from denominators
),

final as (
    select
        published_figure_id || ':' || cause || ':' || field || ':' || likely as variant_id, -- names the variant
        published_figure_id,    -- the printed figure
        cause,                  -- what would have gone wrong
        field,                  -- in which number
        printed,                -- as printed
        likely,                 -- as it would be
        likely_source,          -- what the other denominator is
        members_low,            -- people: no less than this
        members_high,           -- people: no more than this
        eligible_low,           -- people: no less than this
        eligible_high,          -- people: no more than this
        pct_units,              -- millionths of a per cent
        day_members,            -- people: measured on the very day of what it would be; empty: not measured
        day_eligible            -- people: measured on the very day of what it would be; empty: not measured
    from variants
)

select * from final
