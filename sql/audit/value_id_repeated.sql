-- Two loaded figures with one id.
-- severity: error
select
    value_id,
    cast(count(*) as varchar) || ' figures have this id' as reason
from core.coverage_value
group by value_id
having count(*) > 1
union all
select
    value_id,
    cast(count(*) as varchar) || ' figures have this id' as reason
from core.labour_force_value
group by value_id
having count(*) > 1
