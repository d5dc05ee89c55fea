-- How many rows of each village are what: full counts, for the desk alone.
-- grain: village_code
with
outcomes as (select * from outcome where village_code is not null),

final as (
    select
        village_code,                                                       -- code of the village
        count(*) as received,                                               -- rows
        count(*) filter (where outcome = 'eligible') as eligible,           -- rows
        count(*) filter (where outcome = 'to_mend') as to_mend,             -- rows
        count(*) filter (where outcome = 'not_eligible') as not_eligible    -- rows
    from outcomes
    group by village_code
)

select * from final
