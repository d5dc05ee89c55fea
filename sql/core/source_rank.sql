-- Reviewed ranks of sources (raw/sources.csv), each version from its receipt to the next one's.
-- grain: known_from, source, basis
with
ranks as (select * from staging.source_rank),

receipts as (select * from staging.receipt where kind = 'source_rank'),

versions as (
    select
        receipt_id,
        received_at as known_from,
        lead(received_at) over (order by received_at) as known_until
    from receipts
),

final as (
    select
        versions.known_from,    -- UTC: when this version of the file was received
        versions.known_until,   -- UTC: when the next version was received; empty: in force
        ranks.source,           -- first folder under the inbox
        ranks.basis,            -- ktp, workplace, unstated; empty: any
        ranks.rank,             -- 1 goes before 2
        ranks.reason            -- why, as the file says
    from ranks
    join versions on ranks.receipt_id = versions.receipt_id
)

select * from final
