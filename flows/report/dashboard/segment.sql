-- The figures of each regency on the day that the report shows of it. A rank only where it is the province's day.
-- grain: region_code, segment
select
    coverage.region_code, coverage.segment, coverage.as_of_date, coverage.eligible_workers, coverage.active_members,
    coverage.coverage_pct, coverage.uncovered_workers, coverage.coverage_pct_change, coverage.previous_as_of_date,
    case when coverage.as_of_date = province.as_of_date then coverage.rank_in_province end as rank_in_province,
    coverage.source, coverage.basis, coverage.is_sample
from mart.coverage as coverage
join region on coverage.region_code = region.region_code and coverage.as_of_date = region.as_of_date
join province on coverage.province_code = province.province_code
order by coverage.region_code, array_position(['PU', 'BPU', 'JAKON', 'PMI', 'TOTAL'], coverage.segment)
