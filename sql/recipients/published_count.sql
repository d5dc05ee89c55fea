-- The counts of villages as they may be published: below 5 empty, and what would bring an empty one back by subtraction.
-- A village with an empty part has an empty total, so no row can be subtracted. In a column whose sum over the regency
-- is known, a second village (the one with the smallest count from 5 on) is empty too where the empty ones are one,
-- add up to less than 5, or are all 4.
-- grain: village_code
with
counts as (select * from village_count),

parts as (
    select village_code, left(village_code, 5) as region_code, 'eligible' as part, eligible as people from counts
    union all
    select village_code, left(village_code, 5), 'to_mend', to_mend from counts
    union all
    select village_code, left(village_code, 5), 'not_eligible', not_eligible from counts
),

small as (
    select
        *,
        people < 5 as is_small,
        count(*) filter (where people < 5) over of_column as small_cells,
        coalesce(sum(people) filter (where people < 5) over of_column, 0) as small_people,
        row_number() over (partition by region_code, part, people < 5 order by people, village_code) as place
    from parts
    window of_column as (partition by region_code, part)
),

hidden as (
    select
        village_code,
        part,
        is_small
        or (
            not is_small and place = 1 and small_cells > 0
            and (small_cells = 1 or small_people < 5 or small_people = 4 * small_cells)
        ) as is_hidden
    from small
),

wide as (
    select
        village_code,
        max(is_hidden) as hides_any,
        max(is_hidden) filter (where part = 'eligible') as hides_eligible,
        max(is_hidden) filter (where part = 'to_mend') as hides_to_mend,
        max(is_hidden) filter (where part = 'not_eligible') as hides_not_eligible
    from hidden
    group by village_code
),

final as (
    select
        counts.village_code,                                                                    -- code of the village
        case when not wide.hides_any then counts.received end as received,                      -- rows; empty: not shown
        case when not wide.hides_eligible then counts.eligible end as eligible,                 -- rows; empty: not shown
        case when not wide.hides_to_mend then counts.to_mend end as to_mend,                    -- rows; empty: not shown
        case when not wide.hides_not_eligible then counts.not_eligible end as not_eligible      -- rows; empty: not shown
    from counts
    join wide on counts.village_code = wide.village_code
)

select * from final order by village_code
