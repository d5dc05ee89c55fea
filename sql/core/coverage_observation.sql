-- What each coverage extract says, as known now: its cells pivoted to a row.
-- grain: extract_id, source, sheet, table_no, region_code, as_of_date, segment, basis
with
cell_values as (select * from core.coverage_value where known_until is null),

final as (
    select
        extract_id,                                                                                  -- sha256 of the workbook
        source,                                                                                      -- who sent it
        sheet,                                                                                       -- sheet name
        table_no,                                                                                    -- which table of the sheet
        region_code,                                                                                 -- Kemendagri code, text (35.03)
        as_of_date,                                                                                  -- the day that the figures describe
        segment,                                                                                     -- PU, BPU, JAKON, PMI or TOTAL
        basis,                                                                                       -- ktp, workplace or unstated
        cast(max(case when measure = 'eligible_workers' then value end) as bigint) as eligible_workers,   -- people
        cast(max(case when measure = 'active_members' then value end) as bigint) as active_members,       -- people
        max(case when measure = 'reported_coverage_pct' then value end) as reported_coverage_pct,    -- per cent, as printed
        min(received_at) as received_at,                                                             -- UTC: when the extract came
        bool_or(is_sample) as is_sample                                                              -- made-up sample data
    from cell_values
    group by extract_id, source, sheet, table_no, region_code, as_of_date, segment, basis
)

select * from final
