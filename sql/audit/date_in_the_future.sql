-- Figures for a day more than a month after they came: a plan, or a wrong year in the title.
-- severity: warning
with
cell_values as (select extract_id, source, as_of_date, received_at from core.coverage_value where known_until is null),

receipts as (select received_at, file_name from meta.receipt where kind = 'extract')

select
    receipts.file_name || ' ' || cast(cell_values.as_of_date as varchar) as place,
    cast(count(*) as varchar) || ' figures for a day after they were received ('
    || cast(cast(cell_values.received_at as date) as varchar) || '): check the date in the title' as reason
from cell_values
join receipts on cell_values.received_at = receipts.received_at
where cell_values.as_of_date > cast(cell_values.received_at as date) + interval 31 day
group by receipts.file_name, cell_values.as_of_date, cell_values.received_at
