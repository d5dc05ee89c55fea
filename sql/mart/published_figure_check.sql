-- Every published figure in force against itself, its print and the warehouse: what holds, what does not, and why.
--
-- Verdicts: consistent (every check that could be made holds, or what fails is explained by another figure of its
-- print), truncated (holds, but the percentage was cut off where it should have been rounded), contradicted (a check
-- fails and one cause alone explains it), undecided (a check fails, and no cause or several would explain it),
-- unchecked (nothing to hold it against). Causes: mart.published_figure_cause. The checks: work.printed_fault. What
-- the warehouse measured on another day is shown, and contradicts nothing.
-- grain: published_figure_id
with
figures as (select * from work.printed_figure),

terms as (select * from work.printed_sum),

faults as (select * from work.printed_fault),

causes as (select * from mart.published_figure_cause),

failing as (
    select
        published_figure_id, count(*) as faults,
        string_agg(distinct check_name, ', ' order by check_name) as failed_checks
    from faults
    group by published_figure_id
),

-- figures whose every fault is of a sum that one cause at another of its terms explains
mended as (
    select faults.published_figure_id
    from faults
    join failing on faults.published_figure_id = failing.published_figure_id
    join faults as others
        on faults.fault_id = others.fault_id and faults.published_figure_id <> others.published_figure_id
    join causes on others.published_figure_id = causes.published_figure_id and causes.rivals = 0
    group by faults.published_figure_id, others.published_figure_id
    having count(*) = max(failing.faults)
),

summed as (
    select
        published_figure_id,
        max(case when is_whole then parts_members end) as parts_active_members,
        count(coalesce(members_state, eligible_state)) as sums_checked
    from terms
    group by published_figure_id
),

years_checked as (
    select figures.published_figure_id
    from figures
    join figures as others
        on figures.print_id = others.print_id and figures.segment = others.segment
        and coalesce(figures.area, '') = coalesce(others.area, '') and figures.figure <> others.figure
    where 'measured' not in (figures.figure, others.figure) and figures.year is not null and others.year is not null
    group by figures.published_figure_id
),

-- other outlets that printed another number for the same region, day and segment
contested as (
    select
        figures.published_figure_id,
        string_agg(distinct others.cited_source, ', ' order by others.cited_source) as differing_prints
    from figures
    join figures as others
        on coalesce(figures.region_code, figures.place) = coalesce(others.region_code, others.place)
        and coalesce(figures.area, '') = coalesce(others.area, '') and figures.stated_on = others.stated_on
        and figures.figure = others.figure and figures.segment = others.segment
        and figures.is_sample = others.is_sample and figures.cited_source <> others.cited_source
    where figures.active_members <> others.active_members or figures.eligible_workers <> others.eligible_workers
        or figures.year <> others.year
        or figures.pct_units >= others.pct_units + greatest(figures.step_units, others.step_units)
        or others.pct_units >= figures.pct_units + greatest(figures.step_units, others.step_units)
    group by figures.published_figure_id
),

-- a swap that would do as well does not take the verdict from a truncation
only_causes as (
    select published_figure_id, cause, likely, arithmetic
    from causes
    where rivals = 0 or cause = 'truncated'
),

judged as (
    select
        figures.*,
        failing.failed_checks,
        summed.parts_active_members,
        contested.differing_prints,
        only_causes.cause, only_causes.likely, only_causes.arithmetic,
        case
            when failing.published_figure_id is null or mended.published_figure_id is not null then
                case
                    when 'truncated' in (coalesce(own_state, ''), coalesce(measured_state, '')) then 'truncated'
                    when coalesce(own_state, measured_state) is not null or summed.sums_checked > 0
                        or years_checked.published_figure_id is not null then 'consistent'
                    else 'unchecked'
                end
            when only_causes.published_figure_id is not null then 'contradicted'
            else 'undecided'
        end as verdict
    from figures
    left join failing on figures.published_figure_id = failing.published_figure_id
    left join mended on figures.published_figure_id = mended.published_figure_id
    left join summed on figures.published_figure_id = summed.published_figure_id
    left join years_checked on figures.published_figure_id = years_checked.published_figure_id
    left join contested on figures.published_figure_id = contested.published_figure_id
    left join only_causes on figures.published_figure_id = only_causes.published_figure_id
),

final as (
    select
        published_figure_id,                                    -- source:extract:sheet number:row (core.published_figure)
        place,                                                  -- as printed: a region, a branch office, the nation
        region_code,                                            -- Kemendagri code, 00 the nation; empty: a branch, or a name that could be two
        area,                                                   -- which area of the place the count is of; empty: the whole
        event,                                                  -- what was printed about
        stated_on,                                              -- day of the event or of the figures
        cited_source,                                           -- outlet or document that printed it
        figure,                                                 -- measured, baseline or target
        year,                                                   -- year that a baseline or target is printed for; empty: none
        segment,                                                -- PU, BPU, JAKON, PMI or TOTAL, as labelled in print
        coverage_pct,                                           -- per cent, as printed
        coverage_pct_step,                                      -- per cent: one unit of its last printed digit
        active_members,                                         -- people, as printed
        eligible_workers,                                       -- people, as printed
        verdict,                                                -- consistent, truncated, contradicted, undecided or unchecked
        case when verdict in ('contradicted', 'undecided') then failed_checks end as failed_checks, -- counts, measured, segments, areas, years
        cause,                                                  -- the one cause that explains it; empty: none, or rivals
        likely,                                                 -- what was likely meant: people, per cent, segment or year
        arithmetic,                                             -- what supports it
        case
            when pct_units >= step_units
                then cast(cast(2 * pct_units - step_units as decimal(18, 0)) * 0.0000005 as decimal(18, 7))
            when pct_units is not null then 0
        end as lowest_coverage_pct,                             -- per cent: no less can be printed so, rounded half up
        cast(cast(pct_units + step_units as decimal(18, 0)) * 0.000001 as decimal(18, 7)) as below_coverage_pct, -- per cent: less than this can be printed so, truncated
        case
            when eligible_workers > 0
                then cast(cast((20000 * active_members + eligible_workers) // (2 * eligible_workers) as decimal(18, 0))
                    * 0.01 as decimal(18, 2))
        end as recomputed_coverage_pct,                         -- per cent, half up, two decimals: its own counts divided
        parts_active_members,                                   -- people: the segments or areas of its print added up
        measured_as_of_date,                                    -- the nearest day that the warehouse measured, within 92 days
        measured_active_members,                                -- people, on that day
        measured_eligible_workers,                              -- people, on that day
        measured_coverage_pct,                                  -- per cent, on that day
        differing_prints,                                       -- outlets that printed another number of the same
        source,                                                 -- who sent it
        known_from,                                             -- UTC: when the extract came, or a correction or its return made this version
        is_corrected,                                           -- a corrected cell is in its row (meta.correction)
        is_sample                                               -- made-up sample data
    from judged
)

select * from final
