-- What planning documents set out to reach: one row a target year of a source row (a row with stages is several).
-- grain: plan_target_id
with
records as (select * from staging.plan_target_record),

extracts as (select * from staging.extract),

sheets as (select * from staging.sheet),

letters as (select * from work.column_letters),

spans as (select * from work.delivery_span),

placed as (
    select
        records.*,
        extracts.extract_id,
        extracts.is_sample,
        extracts.is_revision,
        sheets.sheet,
        baselines.letters || cast(records.row + 1 as varchar) as baseline_cell,
        targets.letters || cast(records.row + 1 as varchar) as target_cell
    from records
    join extracts on records.extract_no = extracts.extract_no
    join sheets on records.extract_no = sheets.extract_no and records.sheet_no = sheets.sheet_no
    join letters as baselines on records.baseline_pct_column = baselines.column_no
    join letters as targets on records.target_pct_column = targets.column_no
),

final as (
    select
        spans.source || ':' || left(placed.extract_id, 12) || ':' || cast(placed.sheet_no as varchar) || ':'
        || placed.target_cell
        || case when spans.known_from > spans.received_at then '@' || strftime(spans.known_from, '%Y%m%dT%H%M%S.%fZ') else '' end
            as plan_target_id,                                      -- source:extract:sheet number:cell of the target, and @ the time of the receipt that brought it back
        placed.extract_id,                                          -- sha256 of the workbook
        placed.sheet,                                               -- sheet name
        placed.baseline_cell,                                       -- address of the baseline (F4)
        placed.target_cell,                                         -- address of the target (H4)
        spans.source,                                               -- who sent it: first folder under the inbox
        placed.region_code,                                         -- Kemendagri code: regency 35.03, province 35, the nation 00
        placed.segment,                                             -- what it is about: TOTAL or one segment
        placed.document,                                            -- RPJPN, RPJPD, RPJMN, RPJMD or Kemendagri
        placed.cited_source,                                        -- document or article that prints it
        placed.legal_basis,                                         -- regulation that sets it; may be empty
        placed.baseline_year,                                       -- year that the baseline describes
        cast(placed.baseline_pct as decimal(9, 4)) as baseline_pct, -- per cent, as printed
        placed.target_year,                                         -- year by which the target is to be reached
        cast(placed.target_pct as decimal(9, 4)) as target_pct,     -- per cent, as printed
        placed.baseline_pct_text as baseline_raw_text,              -- what stood in the cell of the baseline
        placed.target_pct_text as target_raw_text,                  -- what stood in the cell of the target
        cast(placed.rank as integer) as rank,                       -- 1 goes before 2 where sources differ; empty: not ranked
        spans.received_at,                                          -- UTC: when the extract came
        spans.known_from,                                           -- UTC: when the extract came, or was brought back
        spans.known_until,                                          -- UTC: when a withdrawal ended it; empty: never
        placed.is_revision,                                         -- title or name says koreksi, ralat or revisi
        placed.is_sample                                            -- made-up sample data (title says DATA CONTOH)
    from placed
    join spans on placed.extract_id = spans.extract_id
)

select * from final
