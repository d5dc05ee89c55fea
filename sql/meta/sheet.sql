-- Where every non-blank cell of every sheet went: header + loaded + furniture + ignored + refused = cells.
-- grain: extract_id, sheet_no
with
sheets as (select * from staging.sheet),

extracts as (select extract_no, extract_id from staging.extract),

final as (
    select
        extracts.extract_id,        -- sha256 of the workbook
        sheets.sheet_no,            -- place in the workbook, from 1
        sheets.sheet,               -- sheet name
        sheets.is_hidden,           -- hidden in the workbook
        sheets.is_scanned,          -- error cells, formats and what is hidden are known (xlsx only)
        sheets.kind,                -- coverage, labour_force; empty where it is of none
        sheets.cells,               -- non-blank cells
        sheets.header,              -- headers, region names and other fields that name the figures
        sheets.loaded,              -- figures that were loaded
        sheets.furniture,           -- titles, totals, notes, missing marks: recognised by a rule
        sheets.ignored,             -- columns left out by name
        sheets.refused,             -- cells that were refused
        sheets.furniture_rules      -- JSON: furniture by the rule that recognised it
    from sheets
    join extracts on sheets.extract_no = extracts.extract_no
)

select * from final
