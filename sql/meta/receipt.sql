-- Every file that ever came, duplicates and refusals included.
-- grain: receipt_id
with
receipts as (select * from staging.receipt),

final as (
    select
        receipt_id,     -- name of the receipt file in raw/received
        kind,           -- extract; source_rank, correction: a version of raw/sources.csv or raw/corrections.csv; recipient_count: counts that ucj recipients left; removal: a by-name list's copy was removed; withdrawal: an extract was taken out or brought back
        received_at,    -- UTC: when it came
        run_at,         -- UTC: which look at the inbox it came with
        source,         -- first folder under the inbox; inbox for the inbox itself
        inbox_path,     -- where it lay in the inbox
        file_name,      -- its name there
        sha256,         -- of its bytes
        size_bytes,     -- its size
        outcome,        -- new; duplicate: the same bytes from the same source again; removed as personal data; withdrawn; brought back
        reason,         -- of a withdrawal: why
        kept_as         -- name of the kept copy in raw/received
    from receipts
)

select * from final
