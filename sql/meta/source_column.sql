-- Which column of a workbook became which field, and by which header.
-- grain: extract_id, sheet_no, table_no, column_letters
with
columns_read as (select * from staging.source_column),

extracts as (select extract_no, extract_id from staging.extract),

final as (
    select
        extracts.extract_id,            -- sha256 of the workbook
        columns_read.sheet_no,          -- place of the sheet in the workbook, from 1
        columns_read.sheet,             -- sheet name
        columns_read.table_no,          -- which table of the sheet
        columns_read.column_letters,    -- column as Excel names it (D)
        columns_read.field,             -- field and dimension values; heading; ignored; empty where it was not understood
        columns_read.header_text,       -- header over the column, top to bottom
        columns_read.scale              -- 1000 where the column is in thousands
    from columns_read
    join extracts on columns_read.extract_no = extracts.extract_no
)

select * from final
