-- Figures that lost: what another source, basis or scope says of the same fact, where it differs.
-- grain: rival_value_id
with
in_force as (select * from work.coverage_line where is_in_force),

others as (select * from work.coverage_line where not is_in_force),

rivals as (
    select
        others.region_code, others.as_of_date, others.segment, others.is_sample,
        in_force.source, in_force.basis,
        others.source as rival_source, others.basis as rival_basis, others.scope as rival_scope,
        in_force.eligible_workers, in_force.eligible_workers_value_id,
        in_force.active_members, in_force.active_members_value_id,
        in_force.reported_coverage_pct, in_force.reported_coverage_pct_value_id,
        others.eligible_workers as rival_eligible_workers,
        others.eligible_workers_value_id as rival_eligible_workers_value_id,
        others.active_members as rival_active_members,
        others.active_members_value_id as rival_active_members_value_id,
        others.reported_coverage_pct as rival_reported_coverage_pct,
        others.reported_coverage_pct_value_id as rival_reported_coverage_pct_value_id
    from others
    join in_force
        on others.region_code = in_force.region_code and others.as_of_date = in_force.as_of_date
        and others.segment = in_force.segment
),

by_measure as (
    select
        region_code, as_of_date, segment, is_sample, source, basis, rival_source, rival_basis, rival_scope,
        'eligible_workers' as measure, eligible_workers as value, eligible_workers_value_id as value_id,
        rival_eligible_workers as rival_value, rival_eligible_workers_value_id as rival_value_id
    from rivals
    union all
    select
        region_code, as_of_date, segment, is_sample, source, basis, rival_source, rival_basis, rival_scope,
        'active_members' as measure, active_members as value, active_members_value_id as value_id,
        rival_active_members as rival_value, rival_active_members_value_id as rival_value_id
    from rivals
    union all
    select
        region_code, as_of_date, segment, is_sample, source, basis, rival_source, rival_basis, rival_scope,
        'reported_coverage_pct' as measure, reported_coverage_pct as value,
        reported_coverage_pct_value_id as value_id,
        rival_reported_coverage_pct as rival_value, rival_reported_coverage_pct_value_id as rival_value_id
    from rivals
),

final as (
    select
        region_code,                            -- Kemendagri code, text (35.03)
        as_of_date,                             -- the day that both describe
        segment,                                -- PU, BPU, JAKON, PMI or TOTAL
        measure,                                -- which number this is
        value,                                  -- in force: people, or per cent for reported_coverage_pct
        source,                                 -- in force: who sent it
        basis,                                  -- in force: ktp, workplace or unstated
        value_id,                               -- in force: the cell behind it
        rival_value,                            -- what the rival says: people or per cent
        rival_source,                           -- who sent the rival
        rival_basis,                            -- the rival's basis
        rival_scope,                            -- province or regency: how much the rival's extract covers
        rival_value_id,                         -- the cell behind the rival
        rival_value - value as difference,      -- rival less in force: people or percentage points
        is_sample                               -- made-up sample data
    from by_measure
    where rival_value <> value
)

select * from final
