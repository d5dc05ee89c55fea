-- Extracts whose name says another date than their content, and whose figures differ from what the same source has said
-- of that date before: they are set aside.
-- severity: warning
with
doubtful as (select * from core.coverage_value where is_doubtful and known_until is null),

receipts as (select received_at, file_name from meta.receipt where kind = 'extract')

select
    receipts.file_name as place,
    cast(count(distinct doubtful.value_id) as varchar) || ' figures for ' || cast(doubtful.as_of_date as varchar)
    || ' differ from those received before and are not used: mend the date in the title or in the name, send it again'
    as reason
from doubtful
join receipts on doubtful.received_at = receipts.received_at
join core.coverage_value as earlier
    on doubtful.source = earlier.source and doubtful.basis = earlier.basis and doubtful.region_code = earlier.region_code
    and doubtful.as_of_date = earlier.as_of_date and doubtful.segment = earlier.segment
    and doubtful.measure = earlier.measure and doubtful.is_sample = earlier.is_sample
where earlier.received_at < doubtful.received_at and earlier.known_until is null and not earlier.is_doubtful
    and earlier.value <> doubtful.value
group by receipts.file_name, doubtful.as_of_date
