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

-- a version of a row and the time for which its delivery stood: both hold where they meet
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
        source || ':' || left(extract_id, 12) || ':' || cast(sheet_no as varchar) || ':'
        || cast(row + 1 as varchar)
        || case when version_from > received_at then '@' || strftime(version_from, '%Y%m%dT%H%M%S.%fZ') else '' end
            as published_figure_id,                                     -- source:extract:sheet number:row, and @ the time of the receipt that made this version where that is not its arrival
        extract_id,                                                     -- sha256 of the workbook
        sheet,                                                          -- sheet name
        coverage_pct_cell,                                              -- address of the percentage; empty: none
        active_members_cell,                                            -- address of the members; empty: none
        eligible_workers_cell,                                          -- address of the denominator; empty: none
        source,                                                         -- who sent it: first folder under the inbox
        place,                                                          -- as printed: a region, a branch office, the nation
        nullif(region_code, '') as region_code,                         -- Kemendagri code, 00 the nation; empty: a branch, or a name that could be two
        nullif(area, '') as area,                                       -- which area of the place the count is of; empty: the whole
        event,                                                          -- what was printed about; figures of one event and source stand together
        stated_on,                                                      -- day of the event or of the figures
        figure,                                                         -- measured, baseline or target
        year,                                                           -- year that a baseline or target is printed for; empty: none
        segment,                                                        -- PU, BPU, JAKON, PMI or TOTAL, as labelled in print
        cast(coverage_pct as decimal(18, 6)) as coverage_pct,           -- per cent, as printed
        cast(coverage_pct_step as decimal(18, 9)) as coverage_pct_step, -- per cent: one unit of its last printed digit
        cast(active_members as bigint) as active_members,               -- people, as printed
        cast(eligible_workers as bigint) as eligible_workers,           -- people, as printed: the denominator
        coverage_pct_text as coverage_pct_raw_text,                     -- what stood in the cell of the percentage
        active_members_text as active_members_raw_text,                 -- what stood in the cell of the members
        eligible_workers_text as eligible_workers_raw_text,             -- what stood in the cell of the denominator
        cited_source,                                                   -- outlet or document that printed it
        received_at,                                                    -- UTC: when the extract came
        version_from as known_from,                                     -- UTC: when the extract came, or a correction or its return made this version
        version_until as known_until,                                   -- UTC: when a correction or withdrawal ended it; empty: never
        correction_ids,                                                 -- the corrections that made this version (meta.correction), with commas; empty: as read
        is_sample                                                       -- made-up sample data (title says DATA CONTOH)
    from versions
    where version_until is null or version_until > version_from
)

select * from final
