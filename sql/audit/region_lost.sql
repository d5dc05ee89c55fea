-- A region and date that the release before had in force and this one has not.
-- A withdrawal or a changed reader explains a loss; the runner passes only unexplained ones.
-- severity: error
select
    before.region_code || ' ' || cast(before.as_of_date as varchar) as place,
    'was in the release before' as reason
from previous.coverage_date as before
left join mart.coverage
    on before.region_code = coverage.region_code and before.as_of_date = coverage.as_of_date
where coverage.region_code is null
