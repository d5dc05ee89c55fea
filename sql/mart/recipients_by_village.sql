-- By-name lists of recipients, as counts by village: what may be published. Counts below 5 are empty, and so is what
-- would bring one back by subtraction: the village's total, and where needed a second village's count.
-- grain: village_code
with
counts as (select * from staging.recipient_count),

receipts as (
    select * from staging.receipt where kind = 'recipient_count' and received_at <= :known_at
),

villages as (select * from core.village),

latest as (select receipt_id, received_at from receipts qualify row_number() over (order by received_at desc) = 1),

final as (
    select
        counts.village_code,                                -- Kemendagri code of the village (35.03.01.2001)
        villages.name as village_name,                      -- name; empty: no longer in the reference
        villages.district_name,                             -- name of the district
        left(counts.village_code, 5) as region_code,        -- Kemendagri code of the regency (35.03)
        counts.received as received_people,                 -- people on its lists; empty: not shown
        counts.eligible as eligible_people,                 -- people who can be paid for; empty: fewer than 5, or hides one such
        counts.to_mend as to_mend_people,                   -- people whose row is to be mended; empty: fewer than 5, or hides one such
        counts.not_eligible as not_eligible_people,         -- people who are not eligible; empty: fewer than 5, or hides one such
        latest.received_at as counted_at                    -- UTC: when these counts came
    from counts
    join latest on counts.receipt_id = latest.receipt_id
    left join villages on counts.village_code = villages.village_code
)

select * from final
