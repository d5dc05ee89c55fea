-- Programmes that pay the contributions of vulnerable workers, as each source gives them: one row a source row.
-- grain: assistance_id
with
records as (select * from staging.assistance_record),

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
        people.letters || cast(records.row + 1 as varchar) as recipients_cell,
        times.letters || cast(records.row + 1 as varchar) as months_cell,
        budgets.letters || cast(records.row + 1 as varchar) as budget_cell
    from records
    join extracts on records.extract_no = extracts.extract_no
    join sheets on records.extract_no = sheets.extract_no and records.sheet_no = sheets.sheet_no
    left join letters as people on records.recipients_column = people.column_no
    left join letters as times on records.months_column = times.column_no
    left join letters as budgets on records.budget_rupiah_column = budgets.column_no
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
            as assistance_id,                                    -- source:extract:sheet number:row, and @ the time of the receipt that made this version where that is not its arrival
        extract_id,                                              -- sha256 of the workbook
        sheet,                                                   -- sheet name
        recipients_cell,                                         -- address of the recipients; empty: none
        months_cell,                                             -- address of the months; empty: none
        budget_cell,                                             -- address of the budget; empty: none
        source,                                                  -- who sent it: first folder under the inbox
        region_code,                                             -- Kemendagri code: regency 35.03, province 35, the nation 00
        year,                                                    -- budget year
        nullif(recipient_group, '') as recipient_group,          -- who is paid for, as printed; empty: not printed
        cast(recipients as bigint) as recipients,                -- people who are paid for; empty: not printed
        cast(months as integer) as months,                       -- months paid for each, 1 to 12; empty: not printed
        cast(nullif(first_month, '') as integer) as first_month, -- first month paid, 1 to 12; empty: not printed
        cast(budget_rupiah as bigint) as budget_rupiah,          -- rupiah, as printed; empty: not printed
        fund,                                                    -- APBD, APBN, DBHCHT, Dana Desa, CSR, Baznas, or unstated
        status,                                                  -- planned or realised
        cited_source,                                            -- document or article that gives it
        recipients_text as recipients_raw_text,                  -- what stood in the cell of the recipients
        months_text as months_raw_text,                          -- what stood in the cell of the months
        budget_rupiah_text as budget_raw_text,                   -- what stood in the cell of the budget
        received_at,                                             -- UTC: when the extract came
        version_from as known_from,                              -- UTC: when the extract came, or a correction or its return made this version
        version_until as known_until,                            -- UTC: when a correction or withdrawal ended it; empty: never
        is_revision,                                             -- title or name says koreksi, ralat or revisi
        correction_ids,                                          -- the corrections that made this version (meta.correction), with commas; empty: as read
        is_sample                                                -- made-up sample data (title says DATA CONTOH)
    from versions
    where version_until is null or version_until > version_from
)

select * from final
