-- Two extracts that came in one run, from one source, with other figures for the same facts: the later name won.
-- severity: warning
with
deliveries as (select sha256, source, run_at, file_name from meta.receipt where kind = 'extract' and outcome = 'new'),

figures as (
    select
        deliveries.run_at, deliveries.file_name, cell_values.source, cell_values.extract_id, cell_values.region_code,
        cell_values.as_of_date, cell_values.segment, cell_values.basis, cell_values.measure, cell_values.value
    from core.coverage_value as cell_values
    join deliveries on cell_values.extract_id = deliveries.sha256 and cell_values.source = deliveries.source
)

select
    one.file_name || ' and ' || other.file_name as place,
    cast(count(*) as varchar) || ' figures differ, first ' || min(one.region_code || ' ' || one.segment) as reason
from figures as one
join figures as other
    on one.run_at = other.run_at and one.source = other.source and one.region_code = other.region_code
    and one.as_of_date = other.as_of_date and one.segment = other.segment and one.basis = other.basis
    and one.measure = other.measure and one.extract_id < other.extract_id
where one.value <> other.value
group by one.file_name, other.file_name
