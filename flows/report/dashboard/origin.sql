-- The cells behind the counts of every shown regency, day and segment: the cell, or the segments that a TOTAL is summed of.
-- grain: region_code, as_of_date, segment
with
days as (
    select
        region_code, as_of_date, row_number() over (partition by region_code order by as_of_date desc) as place
    from mart.coverage_breakdown
),

cells as (
    select
        coverage_value.value_id, coverage_value.extract_id, coverage_value.sheet, coverage_value.cell,
        coverage_value.correction_id is not null as is_corrected
    from core.coverage_value as coverage_value
)

select
    coverage.region_code, coverage.as_of_date, coverage.segment,
    eligible.extract_id as eligible_extract, eligible.sheet as eligible_sheet, eligible.cell as eligible_cell,
    eligible.is_corrected as eligible_is_corrected, coverage.eligible_total_source,
    active.extract_id as active_extract, active.sheet as active_sheet, active.cell as active_cell,
    active.is_corrected as active_is_corrected, coverage.active_total_source
from mart.coverage as coverage
join days on coverage.region_code = days.region_code and coverage.as_of_date = days.as_of_date
join region on coverage.region_code = region.region_code
left join cells as eligible on coverage.eligible_workers_value_id = eligible.value_id
left join cells as active on coverage.active_members_value_id = active.value_id
where days.place <= $history or coverage.as_of_date = region.as_of_date
order by coverage.region_code, coverage.as_of_date, array_position(['PU', 'BPU', 'JAKON', 'PMI', 'TOTAL'], coverage.segment)
