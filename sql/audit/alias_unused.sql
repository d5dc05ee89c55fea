-- Reviewed spellings of regions that no extract needs (schemas/reference/region_aliases.csv).
-- severity: note
with
used as (select distinct alias from staging.alias_use),

unused as (
    select region_alias.alias, region_alias.region_code
    from staging.region_alias
    left join used on region_alias.alias = used.alias
    where used.alias is null
)

select
    'region_aliases.csv' as place,
    cast(count(*) as varchar) || ' not needed by any extract: '
    || string_agg(alias || ' (' || region_code || ')', ', ' order by alias) as reason
from unused
having count(*) > 0
