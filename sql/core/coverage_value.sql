-- Every version of every loaded number of the coverage extracts: one row a cell.
-- grain: value_id
with
cells as (select * from staging.coverage_cell),

extracts as (select * from staging.extract),

sheets as (select * from staging.sheet),

letters as (select * from work.column_letters),

deliveries as (
    -- the same bytes from another source are that source's figures too
    select
        sha256 as extract_id,
        source,
        min(received_at) as received_at
    from staging.receipt
    where kind = 'extract' and outcome = 'new'
    group by sha256, source
),

placed as (
    select
        cells.*,
        extracts.extract_id,
        extracts.is_sample,
        extracts.is_revision,
        extracts.is_doubtful,
        sheets.sheet,
        letters.letters || cast(cells.cell_row + 1 as varchar) as cell
    from cells
    join extracts on cells.extract_no = extracts.extract_no
    join sheets on cells.extract_no = sheets.extract_no and cells.sheet_no = sheets.sheet_no
    join letters on cells.cell_column = letters.column_no
),

final as (
    select
        deliveries.source || ':' || left(placed.extract_id, 12) || ':' || cast(placed.sheet_no as varchar)
        || ':' || placed.cell as value_id,                          -- source:extract:sheet number:cell; the same after every rebuild
        placed.extract_id,                                          -- sha256 of the workbook
        placed.sheet,                                               -- sheet name
        placed.cell,                                                -- address in the sheet (D17)
        placed.table_no,                                            -- which table of the sheet, from the top left
        deliveries.source,                                          -- who sent it: first folder under the inbox
        cast(placed.region_code as varchar) as region_code,         -- Kemendagri code, text (35.03)
        placed.as_of_date,                                          -- the day that the figure describes
        cast(placed.segment as varchar) as segment,                 -- PU, BPU, JAKON, PMI or TOTAL
        cast(placed.basis as varchar) as basis,                     -- ktp, workplace or unstated
        cast(placed.measure as varchar) as measure,                 -- which number this is
        cast(placed.value as decimal(18, 6)) as value,              -- people for eligible_workers and active_members, per cent for reported_coverage_pct
        coalesce(
            placed.text,
            case
                when placed.number = trunc(placed.number) and abs(placed.number) < 1e15
                    then cast(cast(placed.number as bigint) as varchar)
                else cast(placed.number as varchar)
            end
        ) as raw_text,                                              -- what stood in the cell
        deliveries.received_at,                                     -- UTC: when the extract came
        deliveries.received_at as known_from,                       -- UTC: from when this version of the value was known
        cast(null as timestamp) as known_until,                     -- UTC: when a correction or withdrawal ended it; empty: never
        placed.is_sample,                                           -- made-up sample data (title says DATA CONTOH)
        placed.is_revision,                                         -- title or name says koreksi, ralat or revisi
        placed.is_doubtful,                                         -- the file's name says another date than its content
        placed.is_hidden,                                           -- stood in a hidden row, column or sheet
        cast(placed.time_found_in as varchar) as time_found_in,     -- where its date was found: row, header, block, title, sheet_name, file_name
        cast(null as varchar) as correction_id                      -- the correction that made this version; empty: as read
    from placed
    join deliveries on placed.extract_id = deliveries.extract_id
)

select * from final
