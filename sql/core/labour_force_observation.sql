-- What each labour force table says, as known now: its cells pivoted to a row.
-- grain: extract_id, source, sheet, table_no, region_code, year, survey_month
with
cell_values as (select * from core.labour_force_value where known_until is null),

final as (
    select
        extract_id,                                                                                       -- sha256 of the workbook
        source,                                                                                           -- who sent it
        sheet,                                                                                            -- sheet name
        table_no,                                                                                         -- which table of the sheet
        region_code,                                                                                      -- Kemendagri code, text (35.03)
        year,                                                                                             -- year of the survey
        survey_month,                                                                                     -- february, august or unstated
        cast(max(case when measure = 'employed_people' then value end) as bigint) as employed_people,     -- people who worked
        cast(max(case when measure = 'unemployed_people' then value end) as bigint) as unemployed_people, -- people without work
        cast(max(case when measure = 'labour_force_people' then value end) as bigint) as labour_force_people, -- people: employed and unemployed
        max(case when measure = 'unemployment_rate_pct' then value end) as unemployment_rate_pct,         -- per cent (TPT)
        max(case when measure = 'participation_rate_pct' then value end) as participation_rate_pct,       -- per cent (TPAK)
        min(received_at) as received_at,                                                                  -- UTC: when the extract came
        bool_or(is_sample) as is_sample                                                                   -- made-up sample data
    from cell_values
    group by extract_id, source, sheet, table_no, region_code, year, survey_month
)

select * from final
