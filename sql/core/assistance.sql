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

final as (
    select
        spans.source || ':' || left(placed.extract_id, 12) || ':' || cast(placed.sheet_no as varchar) || ':'
        || cast(placed.row + 1 as varchar)
        || case when spans.known_from > spans.received_at then '@' || strftime(spans.known_from, '%Y%m%dT%H%M%S.%fZ') else '' end
            as assistance_id,                                           -- source:extract:sheet number:row, and @ the time of the receipt that brought it back
        placed.extract_id,                                              -- sha256 of the workbook
        placed.sheet,                                                   -- sheet name
        placed.recipients_cell,                                         -- address of the recipients; empty: none
        placed.months_cell,                                             -- address of the months; empty: none
        placed.budget_cell,                                             -- address of the budget; empty: none
        spans.source,                                                   -- who sent it: first folder under the inbox
        placed.region_code,                                             -- Kemendagri code: regency 35.03, province 35, the nation 00
        placed.year,                                                    -- budget year
        nullif(placed.recipient_group, '') as recipient_group,          -- who is paid for, as printed; empty: not printed
        cast(placed.recipients as bigint) as recipients,                -- people who are paid for; empty: not printed
        cast(placed.months as integer) as months,                       -- months paid for each, 1 to 12; empty: not printed
        cast(nullif(placed.first_month, '') as integer) as first_month, -- first month paid, 1 to 12; empty: not printed
        cast(placed.budget_rupiah as bigint) as budget_rupiah,          -- rupiah, as printed; empty: not printed
        placed.fund,                                                    -- APBD, APBN, DBHCHT, Dana Desa, CSR, Baznas, or unstated
        placed.status,                                                  -- planned or realised
        placed.cited_source,                                            -- document or article that gives it
        placed.recipients_text as recipients_raw_text,                  -- what stood in the cell of the recipients
        placed.months_text as months_raw_text,                          -- what stood in the cell of the months
        placed.budget_rupiah_text as budget_raw_text,                   -- what stood in the cell of the budget
        spans.received_at,                                              -- UTC: when the extract came
        spans.known_from,                                               -- UTC: when the extract came, or was brought back
        spans.known_until,                                              -- UTC: when a withdrawal ended it; empty: never
        placed.is_revision,                                             -- title or name says koreksi, ralat or revisi
        placed.is_sample                                                -- made-up sample data (title says DATA CONTOH)
    from placed
    join spans on placed.extract_id = spans.extract_id
)

select * from final
