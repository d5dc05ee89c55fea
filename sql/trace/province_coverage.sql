-- Which cells each count of mart.province_coverage rests on: those of its regencies that report both counts.
-- grain: province_code, as_of_date, segment, column_name, value_id
with
coverage as (select * from mart.coverage where eligible_workers is not null and active_members is not null),

traced as (select * from trace.coverage where column_name in ('eligible_workers', 'active_members'))

select coverage.province_code, traced.as_of_date, traced.segment, traced.column_name, traced.value_id
from traced
join coverage
    on traced.region_code = coverage.region_code and traced.as_of_date = coverage.as_of_date
    and traced.segment = coverage.segment
