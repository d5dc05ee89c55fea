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
        || target_cell
        || case when version_from > received_at then '@' || strftime(version_from, '%Y%m%dT%H%M%S.%fZ') else '' end
            as plan_target_id,                               -- source:extract:sheet number:cell of the target, and @ the time of the receipt that made this version where that is not its arrival
        extract_id,                                          -- sha256 of the workbook
        sheet,                                               -- sheet name
        baseline_cell,                                       -- address of the baseline (F4)
        target_cell,                                         -- address of the target (H4)
        source,                                              -- who sent it: first folder under the inbox
        region_code,                                         -- Kemendagri code: regency 35.03, province 35, the nation 00
        segment,                                             -- what it is about: TOTAL or one segment
        document,                                            -- RPJPN, RPJPD, RPJMN, RPJMD or Kemendagri
        cited_source,                                        -- document or article that prints it
        legal_basis,                                         -- regulation that sets it; may be empty
        baseline_year,                                       -- year that the baseline describes
        cast(baseline_pct as decimal(9, 4)) as baseline_pct, -- per cent, as printed
        target_year,                                         -- year by which the target is to be reached
        cast(target_pct as decimal(9, 4)) as target_pct,     -- per cent, as printed
        baseline_pct_text as baseline_raw_text,              -- what stood in the cell of the baseline
        target_pct_text as target_raw_text,                  -- what stood in the cell of the target
        cast(rank as integer) as rank,                       -- 1 goes before 2 where sources differ; empty: not ranked
        received_at,                                         -- UTC: when the extract came
        version_from as known_from,                          -- UTC: when the extract came, or a correction or its return made this version
        version_until as known_until,                        -- UTC: when a correction or withdrawal ended it; empty: never
        is_revision,                                         -- title or name says koreksi, ralat or revisi
        correction_ids,                                      -- the corrections that made this version (meta.correction), with commas; empty: as read
        is_sample                                            -- made-up sample data (title says DATA CONTOH)
    from versions
    where version_until is null or version_until > version_from
)

select * from final
