-- Figures that lost: what another source, basis or scope says of the same fact, where it differs.
-- grain: rival_value_id
with
in_force as (select * from work.coverage_line where is_in_force),

others as (select * from work.coverage_line where not is_in_force),

final as (
    select
        others.region_code,                             -- Kemendagri code, text (35.03)
        others.as_of_date,                              -- the day that both describe
        others.segment,                                 -- PU, BPU, JAKON, PMI or TOTAL
        others.measure,                                 -- which number this is
        in_force.value,                                 -- in force: people, or per cent for reported_coverage_pct
        in_force.source,                                -- in force: who sent it
        in_force.basis,                                 -- in force: ktp, workplace or unstated
        in_force.value_id,                              -- in force: the cell behind it
        others.value as rival_value,                    -- what the rival says: people or per cent
        others.source as rival_source,                  -- who sent the rival
        others.basis as rival_basis,                    -- the rival's basis
        others.scope as rival_scope,                    -- province or regency: how much the rival's extract covers
        others.value_id as rival_value_id,              -- the cell behind the rival
        others.value - in_force.value as difference,    -- rival less in force: people or percentage points
        others.is_sample                                -- made-up sample data
    from others
    join in_force
        on others.region_code = in_force.region_code and others.as_of_date = in_force.as_of_date
        and others.segment = in_force.segment and others.measure = in_force.measure
    where others.value <> in_force.value
)

select * from final
