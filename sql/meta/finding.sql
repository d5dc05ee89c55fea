-- Everything that was refused or doubted, with its place.
-- grain: none (a cell can have several)
with
findings as (select * from staging.finding),

extracts as (select extract_no, extract_id from staging.extract),

final as (
    select
        extracts.extract_id,    -- sha256 of the workbook
        findings.sheet,         -- sheet name; empty where it is about the whole file
        findings.cell,          -- address in the sheet (D17); empty where it is about the whole sheet
        findings.severity,      -- error: refused; warning: loaded as printed
        findings.rule,          -- which check
        findings.message,       -- what is wrong and what to do, in Bahasa Indonesia
        findings.message_en,    -- the same in English
        findings.raw_text       -- what stood in the cell
    from findings
    join extracts on findings.extract_no = extracts.extract_no
)

select * from final
