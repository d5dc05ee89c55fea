-- A loaded figure that does not lead back to a cell of an extract.
-- severity: error
with
cell_values as (
    select value_id, extract_id, cell, raw_text, known_until from core.coverage_value
    union all
    select value_id, extract_id, cell, raw_text, known_until from core.labour_force_value
)

select
    cell_values.value_id,
    'no extract, cell or text behind it' as reason
from cell_values
left join meta.extract on cell_values.extract_id = extract.extract_id
where extract.extract_id is null or (extract.status = 'refused' and cell_values.known_until is null)
    or coalesce(cell_values.cell, '') = '' or coalesce(cell_values.raw_text, '') = ''
