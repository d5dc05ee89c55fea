-- What does not hold in print: one row a figure and a check of it that fails. A sum that fails is a fault of every term,
-- under one fault_id: mending one of them mends all. Not published: a step on the way to the check of published figures.
--
-- Checks: counts (its percentage against its own counts), measured (against the measurement of the very day),
-- segments and areas (parts against their whole), years (a baseline's year comes before every target's year).
-- grain: published_figure_id, fault_id
with
figures as (select * from work.printed_figure),

terms as (select * from work.printed_sum),

baselines as (select * from figures where figure = 'baseline' and year is not null),

targets as (select * from figures where figure = 'target' and year is not null),

years_apart as (
    select
        baselines.published_figure_id as baseline_id,
        targets.published_figure_id as target_id
    from baselines
    join targets
        on baselines.print_id = targets.print_id and baselines.segment = targets.segment
        and coalesce(baselines.area, '') = coalesce(targets.area, '') and baselines.year >= targets.year
),

faults as (
    select published_figure_id, published_figure_id || ':counts' as fault_id, 'counts' as check_name
    from figures
    where own_state = 'fails'
    union all
    select published_figure_id, published_figure_id || ':measured' as fault_id, 'measured' as check_name
    from figures
    where measured_state = 'fails'
    union all
    select published_figure_id, sum_id as fault_id, check_name
    from terms
    where members_state = 'fails' or eligible_state = 'fails'
    union all
    select distinct baseline_id, baseline_id || ':years' as fault_id, 'years' as check_name from years_apart
    union all
    select distinct target_id, target_id || ':years' as fault_id, 'years' as check_name from years_apart
),

final as (
    select
        published_figure_id,    -- the printed figure
        fault_id,               -- what fails; a sum's is shared by its terms
        check_name              -- counts, measured, segments, areas or years
    from faults
)

select * from final
