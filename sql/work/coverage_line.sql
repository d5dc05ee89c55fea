-- Which figures each line of deliveries holds, and which line is in force. Not published: a step on the way to the
-- marts, and inside the macro that makes them as they were known.
--
-- A line is what revises itself: one source, one basis, one scope (extracts that name more than half of
-- a province's regencies; or narrower ones, region by region). Within a line a revision mark goes before
-- arrival, and the later arrival before the earlier, value by value. A narrower extract is a rival of the
-- province's, unless it says that it corrects. For a region and date one line gives the whole row: by the
-- reviewed rank of sources, else the line with the most regencies, else the one that came first. Sample
-- data never stands beside real data of the same province and date.
-- grain: source, basis, scope, is_sample, region_code, as_of_date, segment
with
records as (select * from work.coverage_record),

known_ranks as (
    select * from core.source_rank
    where known_from <= :known_at and (known_until is null or known_until > :known_at)
),

expected as (
    select province_code, count(*) as regions_expected from core.region where kind <> 'provinsi' group by province_code
),

delivery_regions as (
    select
        received_at, any_value(source) as source, basis, bool_or(is_sample) as is_sample,
        bool_or(is_revision) as is_revision, province_code, as_of_date, region_code
    from records
    group by received_at, basis, province_code, as_of_date, region_code
),

delivery_scopes as (
    select
        delivery_regions.received_at,
        any_value(delivery_regions.source) as source,
        delivery_regions.basis,
        bool_or(delivery_regions.is_sample) as is_sample,
        bool_or(delivery_regions.is_revision) as is_revision,
        delivery_regions.province_code,
        delivery_regions.as_of_date,
        count(*) * 2 > max(expected.regions_expected) as is_province
    from delivery_regions
    join expected on delivery_regions.province_code = expected.province_code
    group by
        delivery_regions.received_at, delivery_regions.basis, delivery_regions.province_code,
        delivery_regions.as_of_date
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
    from delivery_scopes
),

contests as (
    select *, count(*) over (partition by source, basis, is_sample, scope, province_code, as_of_date) as deliveries
    from scopes
),

-- the lines that give a figure for a region and date
line_regions as (
    select
        contests.source, contests.basis, contests.scope, contests.is_sample, contests.province_code,
        contests.as_of_date, delivery_regions.region_code, min(contests.received_at) as first_received_at
    from delivery_regions
    join contests
        on delivery_regions.received_at = contests.received_at and delivery_regions.basis = contests.basis
        and delivery_regions.province_code = contests.province_code
        and delivery_regions.as_of_date = contests.as_of_date
    group by
        contests.source, contests.basis, contests.scope, contests.is_sample, contests.province_code,
        contests.as_of_date, delivery_regions.region_code
),

-- where a line holds several deliveries: the one that should give a region's figures. A narrow correction should give
-- no more than it names
due as (
    select
        line_regions.source, line_regions.basis, line_regions.scope, line_regions.is_sample,
        line_regions.region_code, line_regions.as_of_date,
        coalesce(max(case when contests.is_revision then contests.received_at end), max(contests.received_at))
            as due_received_at
    from line_regions
    join contests
        on line_regions.source = contests.source and line_regions.basis = contests.basis
        and line_regions.scope = contests.scope and line_regions.is_sample = contests.is_sample
        and line_regions.province_code = contests.province_code and line_regions.as_of_date = contests.as_of_date
    left join delivery_regions
        on contests.received_at = delivery_regions.received_at and contests.basis = delivery_regions.basis
        and contests.as_of_date = delivery_regions.as_of_date
        and line_regions.region_code = delivery_regions.region_code
    where contests.deliveries > 1
        and (contests.is_province or (contests.scope = 'regency' and delivery_regions.region_code is not null))
    group by
        line_regions.source, line_regions.basis, line_regions.scope, line_regions.is_sample,
        line_regions.region_code, line_regions.as_of_date
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
        not (ranked_lines.is_sample and ranked_lines.has_real = 1)
        and row_number() over (
            partition by line_regions.region_code, line_regions.as_of_date
            order by
                (ranked_lines.is_sample and ranked_lines.has_real = 1), coalesce(ranked_lines.source_rank, 1000000),
                ranked_lines.regions desc, ranked_lines.first_received_at,
                line_regions.source, line_regions.basis, line_regions.scope
        ) = 1 as is_in_force
    from line_regions
    join ranked_lines
        on line_regions.source = ranked_lines.source and line_regions.basis = ranked_lines.basis
        and line_regions.scope = ranked_lines.scope and line_regions.is_sample = ranked_lines.is_sample
        and line_regions.province_code = ranked_lines.province_code
        and line_regions.as_of_date = ranked_lines.as_of_date
),

placed as (
    select
        records.*,
        contests.scope,
        contests.deliveries,
        chosen.is_in_force,
        case when records.eligible_workers is not null then records.received_at end as eligible_workers_received_at,
        case when records.active_members is not null then records.received_at end as active_members_received_at,
        case when records.reported_coverage_pct is not null then records.received_at end
            as reported_coverage_pct_received_at
    from records
    join contests
        on records.received_at = contests.received_at and records.basis = contests.basis
        and records.province_code = contests.province_code and records.as_of_date = contests.as_of_date
    join chosen
        on contests.source = chosen.source and contests.basis = chosen.basis and contests.scope = chosen.scope
        and contests.is_sample = chosen.is_sample and records.region_code = chosen.region_code
        and records.as_of_date = chosen.as_of_date
),

-- only where a line holds more than one delivery is there anything to decide
decided as (
    select
        * replace (
            first_value(eligible_workers ignore nulls) over best_first as eligible_workers,
            first_value(active_members ignore nulls) over best_first as active_members,
            first_value(reported_coverage_pct ignore nulls) over best_first as reported_coverage_pct,
            first_value(eligible_workers_value_id ignore nulls) over best_first as eligible_workers_value_id,
            first_value(active_members_value_id ignore nulls) over best_first as active_members_value_id,
            first_value(reported_coverage_pct_value_id ignore nulls) over best_first as reported_coverage_pct_value_id,
            first_value(eligible_workers_received_at ignore nulls) over best_first as eligible_workers_received_at,
            first_value(active_members_received_at ignore nulls) over best_first as active_members_received_at,
            first_value(reported_coverage_pct_received_at ignore nulls) over best_first
                as reported_coverage_pct_received_at
        ),
        row_number() over (
            partition by source, basis, scope, is_sample, region_code, as_of_date, segment
            order by is_revision desc, received_at desc
        ) as place
    from placed
    where deliveries > 1
    window best_first as (
        partition by source, basis, scope, is_sample, region_code, as_of_date, segment
        order by is_revision desc, received_at desc
        rows between unbounded preceding and unbounded following
    )
),

line_records as (
    select *, 1 as place from placed where deliveries = 1
    union all
    select * from decided where place = 1
),

final as (
    select
        line_records.region_code,                        -- Kemendagri code, text (35.03)
        line_records.province_code,                      -- code of the province (35)
        line_records.as_of_date,                         -- the day that the figures describe
        line_records.segment,                            -- PU, BPU, JAKON, PMI or TOTAL
        line_records.source,                             -- who sent it
        line_records.basis,                              -- ktp, workplace or unstated
        line_records.scope,                              -- province or regency: how much its extracts cover
        line_records.is_sample,                          -- made-up sample data
        line_records.eligible_workers,                   -- people
        line_records.active_members,                     -- people
        line_records.reported_coverage_pct,              -- per cent, as printed
        line_records.eligible_workers_value_id,          -- the cell behind it (core.coverage_value)
        line_records.active_members_value_id,            -- the cell behind it
        line_records.reported_coverage_pct_value_id,     -- the cell behind it
        line_records.eligible_workers_received_at,       -- UTC: when the extract that holds it came
        line_records.active_members_received_at,         -- UTC: when the extract that holds it came
        line_records.reported_coverage_pct_received_at,  -- UTC: when the extract that holds it came
        due.due_received_at,                             -- UTC: when the extract came that should hold its figures; empty: it is the only one
        line_records.is_in_force                         -- this line gives the row of that region and date
    from line_records
    left join due
        on line_records.source = due.source and line_records.basis = due.basis and line_records.scope = due.scope
        and line_records.is_sample = due.is_sample and line_records.region_code = due.region_code
        and line_records.as_of_date = due.as_of_date
)

select * from final
