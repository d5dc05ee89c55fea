-- A published figure that other code or reference data takes away or moves by more than UCJ_CODE_MOVE_PCT_POINTS (a
-- percentage in points, a count in per cent of what it was): a person must have seen it.
-- severity: error
with
moves as (select * from meta.change where cause = 'code' and old_value is not null)

select
    table_name || ' ' || region_code || ' ' || key || ' ' || column_name as place,
    cast(old_value as varchar) || ' becomes ' || coalesce(cast(new_value as varchar), 'nothing')
    || ' by other code (' || caused_by || ')' as reason
from moves
where new_value is null
    or case
        when column_name like '%_pct' then abs(new_value - old_value)
        else abs(new_value - old_value) * 100 / nullif(old_value, 0)
    end > :code_move_pct_points
    or (old_value = 0 and column_name not like '%_pct')
