-- Every version of every loaded number of the labour force tables (BPS Sakernas): one row a cell.
-- grain: value_id
with
cells as (select * from staging.labour_force_cell),

extracts as (select * from staging.extract),

sheets as (select * from staging.sheet),

letters as (select * from work.column_letters),

spans as (select * from work.delivery_span),

placed as (
    select
        cells.*,
        extracts.extract_id,
        extracts.is_sample,
        extracts.is_revision,
        sheets.sheet,
        letters.letters || cast(cells.cell_row + 1 as varchar) as cell
    from cells
    join extracts on cells.extract_no = extracts.extract_no
    join sheets on cells.extract_no = sheets.extract_no and cells.sheet_no = sheets.sheet_no
    join letters on cells.cell_column = letters.column_no
),

-- a version of a cell and the time for which its delivery stood: both hold where they meet
versions as (
    select
        placed.*,
        spans.source,
        spans.received_at,
        greatest(placed.known_from, spans.known_from) as version_from,
        least(placed.known_until, spans.known_until) as version_until
    from placed
    join spans on placed.extract_id = spans.extract_id
),

final as (
    select
        source || ':' || left(extract_id, 12) || ':' || cast(sheet_no as varchar) || ':' || cell
        || case when version_from > received_at then '@' || strftime(version_from, '%Y%m%dT%H%M%S.%fZ') else '' end
            as value_id,                                            -- source:extract:sheet number:cell, and @ the time of the receipt that made this version where that is not its arrival; the same after every rebuild
        extract_id,                                                 -- sha256 of the workbook
        sheet,                                                      -- sheet name
        cell,                                                       -- address in the sheet (D17)
        table_no,                                                   -- which table of the sheet, from the top left
        source,                                                     -- who sent it: first folder under the inbox
        cast(region_code as varchar) as region_code,                -- Kemendagri code, text (35.03)
        year,                                                       -- year of the survey
        cast(survey_month as varchar) as survey_month,              -- february, august or unstated
        cast(measure as varchar) as measure,                        -- which number this is
        cast(value as decimal(18, 6)) as value,                     -- people for the counts, per cent for the rates
        coalesce(
            text,
            case
                when number = trunc(number) and abs(number) < 1e15
                    then cast(cast(number as bigint) as varchar)
                else cast(number as varchar)
            end
        ) as raw_text,                                              -- what stood in the cell
        received_at,                                                -- UTC: when the extract came
        version_from as known_from,                                 -- UTC: from when this version of the value was known
        version_until as known_until,                               -- UTC: when a correction or withdrawal ended it; empty: never
        is_sample,                                                  -- made-up sample data (title says DATA CONTOH)
        is_revision,                                                -- title or name says koreksi, ralat or revisi
        is_hidden,                                                  -- stood in a hidden row, column or sheet
        cast(time_found_in as varchar) as time_found_in,            -- where its date was found: row, header, block, title, sheet_name, cover, file_name
        correction_id                                               -- the correction that made this version; empty: as read
    from versions
    where version_until is null or version_until > version_from
)

select * from final
