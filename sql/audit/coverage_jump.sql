-- Coverage that moved further than settings allow since the date before (UCJ_JUMP_PCT_POINTS).
-- severity: warning
select
    region_code || ' ' || cast(as_of_date as varchar) || ' ' || segment as place,
    cast(coverage_pct_change as varchar) || ' points since ' || cast(previous_as_of_date as varchar) as reason
from mart.coverage
where abs(coverage_pct_change) > :jump_pct_points
