-- Who has sent what, and who is late: a regency whose latest day lies before the day that the report shows of its province.
-- grain: region_code
with
arrivals as (
    select region_code, max_by(source, received_at) as source
    from core.coverage_value
    where known_until is null
    group by region_code
)

select
    freshness.region_code, freshness.province_code, freshness.latest_as_of_date, freshness.last_received_at,
    freshness.dates, arrivals.source,
    case
        when freshness.latest_as_of_date is null then 'nothing'
        when freshness.latest_as_of_date < province.as_of_date then 'late'
        else 'sent'
    end as state
from mart.freshness as freshness
join province on freshness.province_code = province.province_code
left join arrivals on freshness.region_code = arrivals.region_code
order by
    freshness.province_code, freshness.latest_as_of_date nulls first, freshness.region_code
