-- Two rows in force for one region, date and segment.
-- severity: error
select
    region_code || ' ' || cast(as_of_date as varchar) || ' ' || segment as place,
    cast(count(*) as varchar) || ' rows' as reason
from mart.coverage
group by region_code, as_of_date, segment
having count(*) > 1
