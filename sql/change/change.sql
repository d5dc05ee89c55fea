-- What moved against the release before, and why: each figure from state to state, one row a move.
-- The first release has no rows. A figure that several causes moved has a row for each, and each begins where the one
-- before ended; `first(old_value order by move_no)` and `last(new_value order by move_no)` are the whole move.
-- grain: table_name, region_code, key, column_name, move_no
with
steps as (select * from known.step),

moved as (select * from known.moved),

states as (select * from known.state),

touches as (select * from known.touch),

receipts as (select receipt_id, kind, received_at from meta.receipt),

cell_values as (
    select received_at, source, basis, region_code, as_of_date, segment, measure from core.coverage_value
),

-- every figure that moved in every state, there or not
chain as (
    select
        moved.table_name, moved.region_code, moved.as_of_date, moved.key, steps.step,
        states.eligible_workers, states.active_members, states.coverage_pct, states.baseline_pct, states.target_pct
    from moved
    cross join steps
    left join states
        on moved.table_name = states.table_name and moved.region_code = states.region_code and moved.key = states.key
        and steps.step = states.step
),

by_column as (
    select *, 'eligible_workers' as column_name, eligible_workers as value from chain
    union all
    select *, 'active_members' as column_name, active_members as value from chain
    union all
    select *, 'coverage_pct' as column_name, coverage_pct as value from chain
    union all
    select *, 'baseline_pct' as column_name, baseline_pct as value from chain
    union all
    select *, 'target_pct' as column_name, target_pct as value from chain
),

compared as (
    select
        *,
        lag(value) over figure as old_value,
        cast(lag(active_members) over figure as hugeint) as old_members,
        cast(lag(eligible_workers) over figure as hugeint) as old_denominator,
        cast(active_members as hugeint) as new_members,
        cast(eligible_workers as hugeint) as new_denominator
    from by_column
    window figure as (partition by table_name, region_code, key, column_name order by step)
),

moves as (
    select compared.*, steps.cause, steps.caused_by, steps.until_moment
    from compared
    join steps on compared.step = steps.step
    where compared.step > 0 and compared.value is distinct from compared.old_value
),

-- the last receipt of a step that began or ended a value of the region and date itself, else of its province
touching as (
    select steps.step, places.place, places.as_of_date, max(places.moment) as moment
    from (
        select region_code as place, as_of_date, moment from touches
        union
        select left(region_code, 2) as place, as_of_date, moment from touches
    ) as places
    join steps on places.moment > steps.after_moment and places.moment <= steps.until_moment
    group by steps.step, places.place, places.as_of_date
),

-- what has been said by the same source before
revising as (
    select later.received_at, later.region_code, later.as_of_date
    from cell_values as later
    join cell_values as earlier
        on later.source = earlier.source and later.basis = earlier.basis and later.region_code = earlier.region_code
        and later.as_of_date = earlier.as_of_date and later.segment = earlier.segment
        and later.measure = earlier.measure and later.received_at > earlier.received_at
    where later.received_at in (select moment from touches)
    group by later.received_at, later.region_code, later.as_of_date
),

revised_places as (
    select received_at, region_code as place, as_of_date from revising
    union
    select received_at, left(region_code, 2) as place, as_of_date from revising
),

attributed as (
    select moves.*, coalesce(own.moment, of_province.moment, moves.until_moment) as moment
    from moves
    left join touching as own
        on moves.step = own.step and moves.region_code = own.place
        and moves.as_of_date is not distinct from own.as_of_date
    left join touching as of_province
        on moves.step = of_province.step and left(moves.region_code, 2) = of_province.place
        and moves.as_of_date is not distinct from of_province.as_of_date
),

explained as (
    select
        attributed.*,
        receipts.receipt_id,
        case
            when attributed.cause <> '' then attributed.cause
            when receipts.kind = 'source_rank' then 'rank'
            when receipts.kind in ('correction', 'withdrawal') then receipts.kind
            when attributed.old_value is null then 'new extract'
            when attributed.as_of_date is null or revised_places.received_at is not null then 'revised extract'
            else 'new extract'
        end as found_cause,
        -- exact hundredths, half away from 0: the members' share if the denominator stood midway, and the other way round
        case
            when attributed.column_name <> 'coverage_pct' or attributed.value is null or attributed.old_value is null then null
            when attributed.old_denominator = attributed.new_denominator then attributed.value - attributed.old_value
            when attributed.old_members = attributed.new_members then 0
            else
                cast(
                    sign(attributed.new_members - attributed.old_members)
                    * (
                        (
                            10000 * abs(attributed.new_members - attributed.old_members)
                            * (attributed.old_denominator + attributed.new_denominator)
                            + attributed.old_denominator * attributed.new_denominator
                        ) // (2 * attributed.old_denominator * attributed.new_denominator)
                    ) as decimal(18, 0)
                ) * 0.01
        end as from_members
    from attributed
    left join receipts on attributed.moment = receipts.received_at
    left join revised_places
        on attributed.moment = revised_places.received_at and attributed.region_code = revised_places.place
        and attributed.as_of_date = revised_places.as_of_date
),

final as (
    select
        table_name,                                             -- mart.coverage, mart.province_coverage, mart.rpjmd_baseline, mart.target_path (its printed targets)
        region_code,                                            -- regency 35.03, province 35, the nation 00
        key,                                                    -- the rest of the table's grain: date and segment; year, segment, document and cited source
        column_name,                                            -- eligible_workers, active_members, coverage_pct, baseline_pct or target_pct
        cast(row_number() over (partition by table_name, region_code, key, column_name order by step) as integer)
            as move_no,                                         -- the moves of one figure in their order, from 1
        old_value,                                              -- people or per cent, before; empty: the figure was not there
        value as new_value,                                     -- people or per cent, after; empty: the figure is gone
        found_cause as cause,                                   -- new extract, revised extract, correction, withdrawal, rank, code (aliases and reference data too); receipts: those of the release before are gone or others came in between, as when raw/ is put back
        case when cause <> '' then caused_by else receipt_id end as caused_by, -- the receipt (meta.receipt); of code, which parts of it changed: reader, models, duckdb
        cast(from_members as decimal(18, 2)) as members_pct_points, -- coverage_pct only, percentage points: (new members - old members) × the mean of 1 / old and 1 / new denominator, rounded; all of the move where the denominator stayed
        cast(value - old_value - from_members as decimal(18, 2)) as denominator_pct_points -- coverage_pct only, percentage points: the rest, which is (1 / new - 1 / old denominator) × the mean of old and new members; both add up to the move exactly
    from explained
)

select * from final
