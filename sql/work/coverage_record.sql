-- What each delivery says of a region, date and segment: its cells side by side. Not published: a step on the way to the
-- marts, and inside the macro that makes them as they were known. A receipt's time is its own alone, so that it stands
-- for one extract from one source. A file whose name says another date than its content (last month's title on this
-- month's file?) never changes what its source has said of that region and date before.
-- grain: received_at, basis, region_code, as_of_date, segment
with
known_values as (
    select * from core.coverage_value
    where known_from <= :known_at and (known_until is null or known_until > :known_at)
),

-- few files are doubtful: looked for first, they keep the comparison small
doubtful as (
    select received_at, source, basis, is_sample, region_code, as_of_date
    from known_values
    where is_doubtful
    group by received_at, source, basis, is_sample, region_code, as_of_date
),

set_aside as (
    select doubtful.received_at, doubtful.basis, doubtful.region_code, doubtful.as_of_date
    from doubtful
    join known_values
        on doubtful.source = known_values.source and doubtful.basis = known_values.basis
        and doubtful.is_sample = known_values.is_sample and doubtful.region_code = known_values.region_code
        and doubtful.as_of_date = known_values.as_of_date and doubtful.received_at > known_values.received_at
    where not known_values.is_doubtful
    group by doubtful.received_at, doubtful.basis, doubtful.region_code, doubtful.as_of_date
),

believed as (
    select known_values.*
    from known_values
    left join set_aside
        on known_values.received_at = set_aside.received_at and known_values.basis = set_aside.basis
        and known_values.region_code = set_aside.region_code and known_values.as_of_date = set_aside.as_of_date
    where set_aside.received_at is null
),

final as (
    select
        received_at,                                                                                        -- UTC: when the extract came
        any_value(source) as source,                                                                        -- who sent it
        basis,                                                                                              -- ktp, workplace or unstated
        bool_or(is_sample) as is_sample,                                                                    -- made-up sample data
        bool_or(is_revision) as is_revision,                                                                -- title or name says koreksi, ralat or revisi
        left(region_code, 2) as province_code,                                                              -- code of the province (35)
        region_code,                                                                                        -- Kemendagri code, text (35.03)
        as_of_date,                                                                                         -- the day that the figures describe
        segment,                                                                                            -- PU, BPU, JAKON, PMI or TOTAL
        max(case when measure = 'eligible_workers' then value end) as eligible_workers,                     -- people
        max(case when measure = 'active_members' then value end) as active_members,                         -- people
        max(case when measure = 'reported_coverage_pct' then value end) as reported_coverage_pct,           -- per cent, as printed
        max(case when measure = 'eligible_workers' then value_id end) as eligible_workers_value_id,         -- the cell behind it
        max(case when measure = 'active_members' then value_id end) as active_members_value_id,             -- the cell behind it
        max(case when measure = 'reported_coverage_pct' then value_id end) as reported_coverage_pct_value_id -- the cell behind it
    from believed
    group by received_at, basis, region_code, as_of_date, segment
)

select * from final
