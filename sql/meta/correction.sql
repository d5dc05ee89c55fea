-- Corrections in force. None can be given yet; the columns are part of the contract.
-- grain: correction_id
with
corrected as (select * from core.coverage_value where correction_id is not null),

final as (
    select
        correction_id,                  -- which line of which version of the corrections
        extract_id,                     -- sha256 of the workbook
        sheet,                          -- sheet name
        cell,                           -- address in the sheet (D17)
        value as corrected_value,       -- people or per cent, as corrected
        known_from                      -- UTC: when the correction was received
    from corrected
)

select * from final
