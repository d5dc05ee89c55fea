-- A region whose latest row comes from another source or basis than the date before: not to be compared.
-- severity: warning
with
dated as (
    select
        region_code, as_of_date, source, basis, is_latest,
        lag(source) over by_date as previous_source,
        lag(basis) over by_date as previous_basis
    from (select distinct region_code, as_of_date, source, basis, is_latest from mart.coverage) as rows_in_force
    window by_date as (partition by region_code order by as_of_date)
)

select
    region_code || ' ' || cast(as_of_date as varchar) as place,
    previous_source || ' (' || previous_basis || ') before, ' || source || ' (' || basis || ') now' as reason
from dated
where is_latest and (previous_source <> source or previous_basis <> basis)
