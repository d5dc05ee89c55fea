-- Which version of a figure each line of deliveries holds, and which line is in force. Not published: a step on the way
-- to the marts, and inside the macro that makes them as they were known.
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

expected as (
    select province_code, count(*) as regions_expected from core.region where kind <> 'provinsi' group by province_code
),

placed as (select *, left(region_code, 2) as province_code from known_values),

-- a receipt's time is its own alone: it stands for one extract from one source
extract_regions as (
    select
        received_at, source, basis, is_sample, province_code, as_of_date, region_code, max(is_revision) as is_revision
    from placed
    group by received_at, source, basis, is_sample, province_code, as_of_date, region_code
),

extract_scopes as (
    select
        extract_regions.received_at,
        extract_regions.source,
        extract_regions.basis,
        extract_regions.is_sample,
        extract_regions.province_code,
        extract_regions.as_of_date,
        count(*) * 2 > max(expected.regions_expected) as is_province,
        max(extract_regions.is_revision) as is_revision
    from extract_regions
    join expected on extract_regions.province_code = expected.province_code
    group by
        extract_regions.received_at, extract_regions.source, extract_regions.basis, extract_regions.is_sample,
        extract_regions.province_code, extract_regions.as_of_date
),

scopes as (
    select
        *,
        case
            when is_province then 'province'
            when is_revision and max(is_province) over (
                partition by source, basis, is_sample, province_code, as_of_date
            ) then 'province'
            else 'regency'
        end as scope
    from extract_scopes
),

contests as (
    select *, count(*) over (partition by source, basis, is_sample, scope, province_code, as_of_date) as deliveries
    from scopes
),

scoped as (
    select placed.*, contests.scope, contests.deliveries
    from placed
    join contests
        on placed.received_at = contests.received_at and placed.as_of_date = contests.as_of_date
        and placed.province_code = contests.province_code and placed.basis = contests.basis
),

-- only where a line holds more than one delivery is there anything to decide
ordered as (
    select
        *,
        row_number() over (
            partition by region_code, as_of_date, segment, measure, source, basis, scope, is_sample
            order by is_revision desc, received_at desc, value_id
        ) as version
    from scoped
    where deliveries > 1
),

line_values as (
    select *, 1 as version from scoped where deliveries = 1
    union all
    select * from ordered where version = 1
),

line_regions as (
    select
        source, basis, scope, is_sample, province_code, as_of_date, region_code,
        min(received_at) as first_received_at
    from line_values
    group by source, basis, scope, is_sample, province_code, as_of_date, region_code
),

lines as (
    select
        source, basis, scope, is_sample, province_code, as_of_date,
        count(*) as regions,
        min(first_received_at) as first_received_at
    from line_regions
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

chosen as (
    select
        line_regions.*,
        row_number() over (
            partition by line_regions.region_code, line_regions.as_of_date
            order by
                coalesce(ranked_lines.source_rank, 1000000), ranked_lines.regions desc, ranked_lines.first_received_at,
                line_regions.source, line_regions.basis, line_regions.scope
        ) as place
    from line_regions
    join ranked_lines
        on line_regions.source = ranked_lines.source and line_regions.basis = ranked_lines.basis
        and line_regions.scope = ranked_lines.scope and line_regions.is_sample = ranked_lines.is_sample
        and line_regions.province_code = ranked_lines.province_code
        and line_regions.as_of_date = ranked_lines.as_of_date
    where not (ranked_lines.is_sample and ranked_lines.has_real = 1)
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
