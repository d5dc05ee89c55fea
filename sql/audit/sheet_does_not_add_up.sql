-- A sheet in which cells went missing between reading and loading.
-- severity: error
select
    left(extract_id, 12) || ' ' || sheet as place,
    cast(cells as varchar) || ' cells, '
    || cast(header + loaded + furniture + ignored + refused as varchar) || ' accounted for' as reason
from meta.sheet
where cells <> header + loaded + furniture + ignored + refused or loaded < 0
