-- A loaded figure whose region is not a regency of the reference.
-- severity: error
select
    value_id,
    region_code || ' is no regency' as reason
from core.coverage_value
where region_code not in (select region_code from core.region where kind <> 'provinsi')
union all
select
    value_id,
    region_code || ' is no regency' as reason
from core.labour_force_value
where region_code not in (select region_code from core.region where kind <> 'provinsi')
