-- What press releases, articles and documents printed, exactly as they printed it: one row a source row.
-- grain: published_figure_id
with
records as (select * from staging.published_figure_record),

extracts as (select * from staging.extract),

sheets as (select * from staging.sheet),

letters as (select * from work.column_letters),

spans as (select * from work.delivery_span),

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
        spans.source || ':' || left(placed.extract_id, 12) || ':' || cast(placed.sheet_no as varchar) || ':'
        || cast(placed.row + 1 as varchar)
        || case when spans.known_from > spans.received_at then '@' || strftime(spans.known_from, '%Y%m%dT%H%M%S.%fZ') else '' end
            as published_figure_id,                                         -- source:extract:sheet number:row, and @ the time of the receipt that brought it back
        placed.extract_id,                                                  -- sha256 of the workbook
        placed.sheet,                                                       -- sheet name
        placed.coverage_pct_cell,                                           -- address of the percentage; empty: none
        placed.active_members_cell,                                         -- address of the members; empty: none
        placed.eligible_workers_cell,                                       -- address of the denominator; empty: none
        spans.source,                                                       -- who sent it: first folder under the inbox
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
        placed.active_members_text as active_members_raw_text,              -- what stood in the cell of the members
        placed.eligible_workers_text as eligible_workers_raw_text,          -- what stood in the cell of the denominator
        placed.cited_source,                                                -- outlet or document that printed it
        spans.received_at,                                                  -- UTC: when the extract came
        spans.known_from,                                                   -- UTC: when the extract came, or was brought back
        spans.known_until,                                                  -- UTC: when a withdrawal ended it; empty: never
        placed.is_sample                                                    -- made-up sample data (title says DATA CONTOH)
    from placed
    join spans on placed.extract_id = spans.extract_id
)

select * from final
