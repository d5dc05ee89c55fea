-- Which version of a figure each line of deliveries holds, and which line is in force.
--
-- A line is what revises itself: one source, one basis, one scope (extracts that name more than half of
-- a province's regencies; or narrower ones, region by region). Within a line a revision mark goes before
-- arrival, and the later arrival before the earlier, value by value. A narrower extract is a rival of the
-- province's, unless it says that it corrects. For a region and date one line gives the whole row: by the
-- reviewed rank of sources, else the line with the most regencies, else the one that came first. Sample
-- data never stands beside real data of the same province and date.
-- grain: source, basis, scope, is_sample, region_code, as_of_date, segment, measure
with
known_values as (
    select * from core.coverage_value
    where known_from <= :known_at and (known_until is null or known_until > :known_at)
),

known_ranks as (
    select * from core.source_rank
    where known_from <= :known_at and (known_until is null or known_until > :known_at)
),

regencies as (select region_code, province_code from core.region where kind <> 'provinsi'),

expected as (
    select province_code, count(*) as regions_expected from regencies group by province_code
),

placed as (
    select known_values.*, regencies.province_code
    from known_values
    join regencies on known_values.region_code = regencies.region_code
),

extract_scopes as (
    select
        placed.extract_id,
        placed.source,
        placed.basis,
        placed.province_code,
        placed.as_of_date,
        count(distinct placed.region_code) * 2 > max(expected.regions_expected) as is_province,
        max(placed.is_revision) as is_revision
    from placed
    join expected on placed.province_code = expected.province_code
    group by placed.extract_id, placed.source, placed.basis, placed.province_code, placed.as_of_date
),

scopes as (
    select
        *,
        case
            when is_province then 'province'
            when is_revision and max(is_province) over (
                partition by source, basis, province_code, as_of_date
            ) then 'province'
            else 'regency'
        end as scope
    from extract_scopes
),

ordered as (
    select
        placed.*,
        scopes.scope,
        row_number() over (
            partition by
                placed.source, placed.basis, scopes.scope, placed.is_sample,
                placed.region_code, placed.as_of_date, placed.segment, placed.measure
            order by placed.is_revision desc, placed.received_at desc, placed.value_id
        ) as version
    from placed
    join scopes
        on placed.extract_id = scopes.extract_id and placed.source = scopes.source
        and placed.basis = scopes.basis and placed.province_code = scopes.province_code
        and placed.as_of_date = scopes.as_of_date
),

line_values as (select * from ordered where version = 1),

lines as (
    select
        source, basis, scope, is_sample, province_code, as_of_date,
        count(distinct region_code) as regions,
        min(received_at) as first_received_at
    from line_values
    group by source, basis, scope, is_sample, province_code, as_of_date
),

ranked_lines as (
    select
        lines.*,
        max(case when lines.is_sample then 0 else 1 end) over (
            partition by lines.province_code, lines.as_of_date
        ) as has_real,
        (
            select min(known_ranks.rank) from known_ranks
            where known_ranks.source = lines.source and known_ranks.basis in (lines.basis, '')
        ) as source_rank
    from lines
),

candidates as (
    select distinct
        line_values.region_code, ranked_lines.*
    from line_values
    join ranked_lines
        on line_values.source = ranked_lines.source and line_values.basis = ranked_lines.basis
        and line_values.scope = ranked_lines.scope and line_values.is_sample = ranked_lines.is_sample
        and line_values.province_code = ranked_lines.province_code and line_values.as_of_date = ranked_lines.as_of_date
    where not (ranked_lines.is_sample and ranked_lines.has_real = 1)
),

chosen as (
    select
        *,
        row_number() over (
            partition by region_code, as_of_date
            order by coalesce(source_rank, 1000000), regions desc, first_received_at, source, basis, scope
        ) as place
    from candidates
),

final as (
    select
        line_values.region_code,                                -- Kemendagri code, text (35.03)
        line_values.province_code,                              -- code of the province (35)
        line_values.as_of_date,                                 -- the day that the figure describes
        line_values.segment,                                    -- PU, BPU, JAKON, PMI or TOTAL
        line_values.measure,                                    -- which number this is
        line_values.value,                                      -- people, or per cent for reported_coverage_pct
        line_values.value_id,                                   -- the cell that holds it (core.coverage_value)
        line_values.extract_id,                                 -- sha256 of the workbook
        line_values.source,                                     -- who sent it
        line_values.basis,                                      -- ktp, workplace or unstated
        line_values.scope,                                      -- province or regency: how much its extract covers
        line_values.is_sample,                                  -- made-up sample data
        line_values.received_at,                                -- UTC: when the extract came
        coalesce(chosen.place = 1, false) as is_in_force        -- this line gives the row of that region and date
    from line_values
    left join chosen
        on line_values.region_code = chosen.region_code and line_values.as_of_date = chosen.as_of_date
        and line_values.source = chosen.source and line_values.basis = chosen.basis
        and line_values.scope = chosen.scope and line_values.is_sample = chosen.is_sample
)

select * from final
