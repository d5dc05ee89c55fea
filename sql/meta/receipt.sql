-- Every file that ever came, duplicates and refusals included.
-- grain: receipt_id
with
receipts as (select * from staging.receipt),

final as (
    select
        receipt_id,     -- name of the receipt file in raw/received
        kind,           -- extract, or source_rank for a version of raw/sources.csv
        received_at,    -- UTC: when it came
        run_at,         -- UTC: which look at the inbox it came with
        source,         -- first folder under the inbox; inbox for the inbox itself
        inbox_path,     -- where it lay in the inbox
        file_name,      -- its name there
        sha256,         -- of its bytes
        size_bytes,     -- its size
        outcome,        -- new, or duplicate: the same bytes from the same source again
        kept_as         -- name of the kept copy in raw/received
    from receipts
)

select * from final
