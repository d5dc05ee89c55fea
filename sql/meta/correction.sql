-- Every line that ever stood in raw/corrections.csv, and what became of it. In force: applied and known_until is empty.
-- grain: correction_id
with
corrections as (select * from staging.correction),

outcomes as (select * from staging.correction_outcome),

loaded as (
    select correction_id from staging.coverage_cell where correction_id is not null
    union
    select correction_id from staging.labour_force_cell where correction_id is not null
    union
    select unnest(string_split(correction_ids, ',')) as correction_id from staging.plan_target_record
    union
    select unnest(string_split(correction_ids, ',')) as correction_id from staging.published_figure_record
    union
    select unnest(string_split(correction_ids, ',')) as correction_id from staging.assistance_record
    union
    select unnest(string_split(correction_ids, ',')) as correction_id from staging.villages_record
),

final as (
    select
        corrections.correction_id,                          -- time and row of its first version; as in core.coverage_value
        corrections.row_no,                                 -- row of the file, in the last version that has it
        corrections.known_from,                             -- UTC: when the first version with this line was received
        corrections.known_until,                            -- UTC: when the first version without it was received; empty: it stands
        case
            when coalesce(corrections.rule, outcomes.rule) is not null then 'refused'
            when loaded.correction_id is null then 'value_refused'
            else 'applied'
        end as status,                                      -- applied; refused: see message; value_refused: a check refused the corrected value, see meta.finding
        nullif(corrections.extract_id, '') as extract_id,   -- sha256 of the workbook that it is about; empty where none or several could be meant
        corrections.extract,                                -- the workbook as the line names it
        corrections.sheet,                                  -- sheet name
        corrections.cell,                                   -- address in the sheet (D17)
        corrections.expected as expected_text,              -- what the line expects in the cell
        outcomes.found_text,                                -- what stands in the cell; empty where it was not found
        outcomes.value_before,                              -- people or per cent, as read; empty where the cell was refused, or its row is a record
        outcomes.value_after,                               -- people or per cent, as corrected; empty where it is not used, or its row is a record
        corrections.corrected as corrected_text,            -- the corrected value as typed
        corrections.reason,                                 -- why, as the line says
        corrections.source as evidence,                     -- where the right value comes from, as the line says
        corrections.who as corrected_by,                    -- who says so
        coalesce(corrections.message, outcomes.message) as message,         -- why it is not used and what to do, in Bahasa Indonesia
        coalesce(corrections.message_en, outcomes.message_en) as message_en -- the same in English
    from corrections
    left join outcomes on corrections.correction_id = outcomes.correction_id
    left join loaded on corrections.correction_id = loaded.correction_id
)

select * from final
