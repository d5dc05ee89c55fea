-- Every content that came as an extract, and what the reader made of it.
-- grain: extract_id
with
extracts as (select * from staging.extract),

arrivals as (
    select
        sha256,
        min(received_at) as received_at,
        min_by(file_name, received_at) as file_name,
        min_by(source, received_at) as source
    from staging.receipt
    where kind = 'extract'
    group by sha256
),

last_withdrawals as (
    select sha256, max_by(outcome, received_at) as outcome, max_by(reason, received_at) as reason
    from staging.receipt
    where kind = 'withdrawal'
    group by sha256
),

withdrawn as (select sha256, reason from last_withdrawals where outcome = 'withdrawn'),

reading as (select reading_id from staging.reading),

final as (
    select
        extracts.extract_id,    -- sha256 of the workbook
        arrivals.file_name,     -- name under which it first came
        arrivals.source,        -- who sent it first
        extracts.file_format,   -- xlsx, xlsb, xls, ods, csv, html; empty where the content is none of them
        extracts.kind,          -- coverage, labour_force; empty where no sheet is of a known kind
        case when withdrawn.sha256 is not null then 'withdrawn' else extracts.status end
            as status,          -- loaded, partly_loaded, refused or withdrawn
        case when withdrawn.sha256 is not null then withdrawn.reason else extracts.reason end
            as reason,          -- the rule that refused it or part of it, or why it was withdrawn; empty where all was loaded
        extracts.title,         -- first text of the workbook
        arrivals.received_at,   -- UTC: when it first came
        extracts.is_sample,     -- made-up sample data (title says DATA CONTOH)
        extracts.is_revision,   -- title or name says koreksi, ralat or revisi
        reading.reading_id      -- which version of the reader read it
    from extracts
    join arrivals on extracts.extract_id = arrivals.sha256
    left join withdrawn on extracts.extract_id = withdrawn.sha256
    cross join reading
)

select * from final
