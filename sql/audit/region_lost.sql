-- A region and date that the release before had in force and this one has not, and no receipt ended its figures.
-- severity: error
with
lost as (
    select before.region_code, before.as_of_date
    from previous.coverage_date as before
    left join mart.coverage
        on before.region_code = coverage.region_code and before.as_of_date = coverage.as_of_date
    where coverage.region_code is null
),

-- a withdrawal, or a correction whose value was refused
ended as (
    select cell_values.region_code, cell_values.as_of_date
    from core.coverage_value as cell_values
    join lost on cell_values.region_code = lost.region_code and cell_values.as_of_date = lost.as_of_date
    group by cell_values.region_code, cell_values.as_of_date
    having count(*) = count(cell_values.known_until)
)

select
    lost.region_code || ' ' || cast(lost.as_of_date as varchar) as place,
    'was in the release before' as reason
from lost
left join ended on lost.region_code = ended.region_code and lost.as_of_date = ended.as_of_date
where ended.region_code is null
