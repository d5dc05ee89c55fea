-- More active members than eligible workers, across extracts (within one extract the cells were refused).
-- severity: warning
select
    region_code || ' ' || cast(as_of_date as varchar) || ' ' || segment as place,
    cast(active_members as varchar) || ' active of ' || cast(eligible_workers as varchar) as reason
from mart.coverage
where segment <> 'JAKON' and active_members > eligible_workers
