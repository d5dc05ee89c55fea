-- What press releases, articles and documents printed, exactly as they printed it: one row a source row.
-- grain: published_figure_id
with
records as (select * from staging.published_figure_record),

extracts as (select * from staging.extract),

sheets as (select * from staging.sheet),

letters as (select * from work.column_letters),

deliveries as (
    -- the same bytes from another source are that source's rows too
    select sha256 as extract_id, source, min(received_at) as received_at
    from staging.receipt
    where kind = 'extract' and outcome = 'new'
    group by sha256, source
),

placed as (
    select
        records.*,
        extracts.extract_id,
        extracts.is_sample,
        sheets.sheet,
        pct.letters || cast(records.row + 1 as varchar) as coverage_pct_cell,
        active.letters || cast(records.row + 1 as varchar) as active_members_cell,
        eligible.letters || cast(records.row + 1 as varchar) as eligible_workers_cell
    from records
    join extracts on records.extract_no = extracts.extract_no
    join sheets on records.extract_no = sheets.extract_no and records.sheet_no = sheets.sheet_no
    left join letters as pct on records.coverage_pct_column = pct.column_no
    left join letters as active on records.active_members_column = active.column_no
    left join letters as eligible on records.eligible_workers_column = eligible.column_no
),

final as (
    select
        deliveries.source || ':' || left(placed.extract_id, 12) || ':' || cast(placed.sheet_no as varchar) || ':'
        || cast(placed.row + 1 as varchar) as published_figure_id,          -- source:extract:sheet number:row
        placed.extract_id,                                                  -- sha256 of the workbook
        placed.sheet,                                                       -- sheet name
        placed.coverage_pct_cell,                                           -- address of the percentage; empty: none
        placed.active_members_cell,                                         -- address of the members; empty: none
        placed.eligible_workers_cell,                                       -- address of the denominator; empty: none
        deliveries.source,                                                  -- who sent it: first folder under the inbox
        placed.place,                                                       -- as printed: a region, a branch office, the nation
        nullif(placed.region_code, '') as region_code,                      -- Kemendagri code, 00 the nation; empty: a branch, or a name that could be two
        nullif(placed.area, '') as area,                                    -- which area of the place the count is of; empty: the whole
        placed.event,                                                       -- what was printed about; figures of one event and source stand together
        placed.stated_on,                                                   -- day of the event or of the figures
        placed.figure,                                                      -- measured, baseline or target
        placed.year,                                                        -- year that a baseline or target is printed for; empty: none
        placed.segment,                                                     -- PU, BPU, JAKON, PMI or TOTAL, as labelled in print
        cast(placed.coverage_pct as decimal(18, 6)) as coverage_pct,        -- per cent, as printed
        cast(placed.coverage_pct_step as decimal(18, 9)) as coverage_pct_step, -- per cent: one unit of its last printed digit
        cast(placed.active_members as bigint) as active_members,            -- people, as printed
        cast(placed.eligible_workers as bigint) as eligible_workers,        -- people, as printed: the denominator
        placed.coverage_pct_text as coverage_pct_raw_text,                  -- what stood in the cell of the percentage
        placed.cited_source,                                                -- outlet or document that printed it
        deliveries.received_at as known_from,                               -- UTC: when the extract came
        cast(null as timestamp) as known_until,                             -- UTC: when a withdrawal ended it; empty: never
        placed.is_sample                                                    -- made-up sample data (title says DATA CONTOH)
    from placed
    join deliveries on placed.extract_id = deliveries.extract_id
)

select * from final
