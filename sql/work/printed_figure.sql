-- The printed figures in force, in whole units, each beside what the warehouse measured of the same region and segment
-- on the nearest day within 92 days (a quarter). Not published: a step on the way to the check of published figures.
--
-- A list of prints that is sent again holds the same prints again: of one source the later list that has a print (one
-- event in one outlet) gives all of it. A percentage p with the step s (one unit of its last digit) may have been rounded half up or truncated: it
-- stands for a value from p - s/2 up to, not including, p + s; from p + s/2 on it can only have been truncated. All of
-- it is compared in whole millionths of a per cent and whole people, so that no tie is lost to floating point. Only a
-- measurement of the very day contradicts a print; one of another day is shown.
-- grain: published_figure_id
with
known_figures as (
    select * from core.published_figure
    where known_from <= :known_at and (known_until is null or known_until > :known_at)
),

measured as (select * from work.measured_coverage),

deliveries as (
    select
        *,
        rank() over (partition by source, is_sample, place, event, stated_on, cited_source order by received_at desc)
            as delivery
    from known_figures
),

in_force as (
    select
        *,
        min(published_figure_id) over (partition by source, is_sample, place, event, stated_on, cited_source)
            as print_id,
        cast(coverage_pct * 1000000 as bigint) as pct_units,
        case when coverage_pct_step > 0.000001 then cast(coverage_pct_step * 1000000 as bigint) else 1 end as step_units
    from deliveries
    where delivery = 1
),

near as (
    select
        in_force.published_figure_id,
        measured.as_of_date,
        measured.active_members,
        measured.eligible_workers,
        measured.coverage_pct,
        abs(in_force.stated_on - measured.as_of_date) as days_apart,
        row_number() over (
            partition by in_force.published_figure_id
            order by abs(in_force.stated_on - measured.as_of_date), measured.as_of_date
        ) as nth
    from in_force
    join measured
        on in_force.region_code = measured.region_code and in_force.segment = measured.segment
        and in_force.is_sample = measured.is_sample
    where in_force.figure = 'measured' and in_force.area is null
        and abs(in_force.stated_on - measured.as_of_date) <= 92
),

compared as (
    select
        in_force.*,
        near.as_of_date as measured_as_of_date,
        near.active_members as measured_active_members,
        near.eligible_workers as measured_eligible_workers,
        near.coverage_pct as measured_coverage_pct,
        case when near.days_apart = 0 then near.active_members end as day_members,
        case when near.days_apart = 0 then near.eligible_workers end as day_eligible
    from in_force
    left join near on in_force.published_figure_id = near.published_figure_id and near.nth = 1
),

final as (
    select
        published_figure_id,                -- source:extract:sheet number:row
        print_id,                           -- one event in one outlet, as one source sent it
        source,                             -- who sent it
        place,                              -- as printed
        region_code,                        -- Kemendagri code, 00 the nation; empty: a branch, or a name that could be two
        area,                               -- which area of the place the count is of; empty: the whole
        event,                              -- what was printed about
        stated_on,                          -- day of the event or of the figures
        figure,                             -- measured, baseline or target
        year,                               -- year that a baseline or target is printed for
        segment,                            -- PU, BPU, JAKON, PMI or TOTAL, as labelled in print
        coverage_pct,                       -- per cent, as printed
        coverage_pct_step,                  -- per cent: one unit of its last printed digit
        active_members,                     -- people, as printed
        eligible_workers,                   -- people, as printed
        cited_source,                       -- outlet or document that printed it
        known_from,                         -- UTC: when the extract came
        is_sample,                          -- made-up sample data
        correction_ids is not null as is_corrected, -- a corrected cell is in its row
        pct_units,                          -- millionths of a per cent, as printed
        step_units,                         -- millionths of a per cent: one unit of its last printed digit
        case
            when step_units < 1000000
                then cast(pct_units // 1000000 as varchar) || '.'
                    || substr(cast((1000000 + pct_units % 1000000) // step_units as varchar), 2)
            else cast(pct_units // 1000000 as varchar)
        end as pct_text,                    -- per cent, with the digits that were printed
        measured_as_of_date,                -- the nearest day within 92 days
        measured_active_members,            -- people, on that day
        measured_eligible_workers,          -- people, on that day
        measured_coverage_pct,              -- per cent, on that day
        day_members,                        -- people, measured on the very day; empty: not measured then
        day_eligible,                       -- people, measured on the very day; empty: not measured then
        case
            when active_members > eligible_workers and segment <> 'JAKON' then 'fails'
            when pct_units is null or active_members is null or coalesce(eligible_workers, 0) = 0 then null
            when 200000000 * active_members < (2 * pct_units - step_units) * eligible_workers then 'fails'
            when 200000000 * active_members < (2 * pct_units + step_units) * eligible_workers then 'rounded'
            when 200000000 * active_members < (2 * pct_units + 2 * step_units) * eligible_workers then 'truncated'
            else 'fails'
        end as own_state,                   -- its percentage against its own counts: rounded, truncated or fails; empty: not all printed
        case
            when active_members <> day_members or eligible_workers <> day_eligible then 'fails'
            when pct_units is null or day_members is null or coalesce(day_eligible, 0) = 0 then
                case when active_members = day_members or eligible_workers = day_eligible then 'rounded' end
            when 200000000 * day_members < (2 * pct_units - step_units) * day_eligible then 'fails'
            when 200000000 * day_members < (2 * pct_units + step_units) * day_eligible then 'rounded'
            when 200000000 * day_members < (2 * pct_units + 2 * step_units) * day_eligible then 'truncated'
            else 'fails'
        end as measured_state               -- all of it against the measurement of the very day: rounded, truncated or fails; empty: nothing to compare
    from compared
)

select * from final
