-- What was refused or doubted, with its place; a finding belongs to a regency where the row that it stands in, or else
-- its whole file, speaks of that one alone.
-- grain: extract_id, sheet, cell, rule
with
cells as (
    select extract_id, sheet, regexp_extract(cell, '[0-9]+$') as row_no, region_code from core.coverage_value
),

of_rows as (
    select extract_id, sheet, row_no, min(region_code) as region_code
    from cells
    group by extract_id, sheet, row_no
    having count(distinct region_code) = 1
),

of_files as (
    select extract_id, min(region_code) as region_code
    from cells
    group by extract_id
    having count(distinct region_code) = 1
)

select
    finding.extract_id, extract.file_name, extract.source, extract.received_at, finding.sheet, finding.cell,
    finding.severity, finding.rule, finding.message, finding.message_en,
    coalesce(of_rows.region_code, of_files.region_code) as region_code
from meta.finding as finding
join meta.extract as extract on finding.extract_id = extract.extract_id
left join of_rows
    on finding.extract_id = of_rows.extract_id and finding.sheet = of_rows.sheet
    and regexp_extract(finding.cell, '[0-9]+$') = of_rows.row_no
left join of_files on finding.extract_id = of_files.extract_id
where extract.status <> 'withdrawn'
order by
    finding.severity, extract.received_at desc, extract.file_name, finding.sheet,
    length(regexp_extract(finding.cell, '[0-9]+$')), regexp_extract(finding.cell, '[0-9]+$'), finding.cell, finding.rule
