-- Coverage in force, by region, as-of date and segment.
--
-- TOTAL, measure by measure: the sum of the parts in force where the latest extract that reports a TOTAL
-- also reports its parts and all of them are in force; else as reported. Parts are its parts where PU, BPU
-- and JAKON are all among them or where they add up to the TOTAL that it printed. Where no extract reports
-- a TOTAL: only from PU, BPU and JAKON together.
-- grain: region_code, as_of_date, segment
with
in_force as (select * from core.coverage_line where is_in_force),

known_values as (
    select * from core.coverage_value
    where known_from <= :known_at and (known_until is null or known_until > :known_at)
),

regions as (select region_code, name, province_code from core.region),

expected as (
    select province_code, count(*) as regions_expected from core.region where kind <> 'provinsi' group by province_code
),

reported_totals as (
    select * from in_force where segment = 'TOTAL' and measure in ('eligible_workers', 'active_members')
),

total_parts as (
    select
        reported_totals.region_code,
        reported_totals.as_of_date,
        reported_totals.measure,
        count(*) as parts,
        count(in_force.value) as parts_in_force,
        sum(case when known_values.segment in ('PU', 'BPU', 'JAKON') then 1 else 0 end) as core_parts,
        sum(known_values.value) as printed_sum,
        max(reported_totals.value) as printed_total,
        sum(in_force.value) as sum_in_force,
        string_agg(known_values.segment, '+' order by known_values.segment) as segments
    from reported_totals
    join known_values
        on reported_totals.extract_id = known_values.extract_id and reported_totals.source = known_values.source
        and reported_totals.basis = known_values.basis and reported_totals.region_code = known_values.region_code
        and reported_totals.as_of_date = known_values.as_of_date and reported_totals.measure = known_values.measure
        and known_values.segment <> 'TOTAL'
    left join in_force
        on known_values.region_code = in_force.region_code and known_values.as_of_date = in_force.as_of_date
        and known_values.segment = in_force.segment and known_values.measure = in_force.measure
    group by reported_totals.region_code, reported_totals.as_of_date, reported_totals.measure
),

recomputed_totals as (
    select region_code, as_of_date, measure, sum_in_force as value, segments as total_source
    from total_parts
    where parts = parts_in_force and (core_parts = 3 or printed_sum = printed_total)
),

unreported_totals as (
    select
        in_force.region_code,
        in_force.as_of_date,
        in_force.measure,
        sum(in_force.value) as value,
        'BPU+JAKON+PU' as total_source
    from in_force
    left join reported_totals
        on in_force.region_code = reported_totals.region_code and in_force.as_of_date = reported_totals.as_of_date
        and in_force.measure = reported_totals.measure
    where in_force.segment in ('PU', 'BPU', 'JAKON')
        and in_force.measure in ('eligible_workers', 'active_members')
        and reported_totals.region_code is null
    group by in_force.region_code, in_force.as_of_date, in_force.measure
    having count(*) = 3
),

made_totals as (
    select * from recomputed_totals
    union all
    select * from unreported_totals
),

rows_in_force as (
    select
        region_code, as_of_date, segment,
        max(source) as source, max(basis) as basis, max(is_sample) as is_sample,
        max(case when measure = 'eligible_workers' then value end) as eligible_workers,
        max(case when measure = 'eligible_workers' then value_id end) as eligible_workers_value_id,
        max(case when measure = 'active_members' then value end) as active_members,
        max(case when measure = 'active_members' then value_id end) as active_members_value_id,
        max(case when measure = 'reported_coverage_pct' then value end) as reported_coverage_pct,
        max(case when measure = 'reported_coverage_pct' then value_id end) as reported_coverage_pct_value_id
    from in_force
    group by region_code, as_of_date, segment
),

total_rows as (
    -- a TOTAL that is only made still needs its row
    select distinct
        made_totals.region_code, made_totals.as_of_date, 'TOTAL' as segment,
        in_force.source, in_force.basis, in_force.is_sample
    from made_totals
    join in_force on made_totals.region_code = in_force.region_code and made_totals.as_of_date = in_force.as_of_date
),

all_rows as (
    select region_code, as_of_date, segment, source, basis, is_sample from rows_in_force
    union
    select region_code, as_of_date, segment, source, basis, is_sample from total_rows
),

counted as (
    select
        all_rows.*,
        cast(coalesce(made_eligible.value, rows_in_force.eligible_workers) as bigint) as eligible_workers,
        cast(coalesce(made_active.value, rows_in_force.active_members) as bigint) as active_members,
        case
            when made_eligible.value is not null then made_eligible.total_source
            when rows_in_force.eligible_workers is not null and all_rows.segment = 'TOTAL' then 'reported'
        end as eligible_total_source,
        case
            when made_active.value is not null then made_active.total_source
            when rows_in_force.active_members is not null and all_rows.segment = 'TOTAL' then 'reported'
        end as active_total_source,
        case when made_eligible.value is null then rows_in_force.eligible_workers_value_id end as eligible_workers_value_id,
        case when made_active.value is null then rows_in_force.active_members_value_id end as active_members_value_id,
        rows_in_force.reported_coverage_pct,
        rows_in_force.reported_coverage_pct_value_id
    from all_rows
    left join rows_in_force
        on all_rows.region_code = rows_in_force.region_code and all_rows.as_of_date = rows_in_force.as_of_date
        and all_rows.segment = rows_in_force.segment
    left join made_totals as made_eligible
        on all_rows.segment = 'TOTAL' and made_eligible.measure = 'eligible_workers'
        and all_rows.region_code = made_eligible.region_code and all_rows.as_of_date = made_eligible.as_of_date
    left join made_totals as made_active
        on all_rows.segment = 'TOTAL' and made_active.measure = 'active_members'
        and all_rows.region_code = made_active.region_code and all_rows.as_of_date = made_active.as_of_date
),

measured as (
    select
        counted.*,
        regions.name as region_name,
        regions.province_code,
        expected.regions_expected,
        -- half up in whole hundredths of a per cent: floating point rounds one tie in twenty wrong
        case
            when eligible_workers > 0
                then cast(cast((20000 * active_members + eligible_workers) // (2 * eligible_workers) as decimal(18, 0))
                    * 0.01 as decimal(9, 2))
        end as coverage_pct
    from counted
    join regions on counted.region_code = regions.region_code
    join expected on regions.province_code = expected.province_code
),

compared as (
    select
        measured.*,
        count(coverage_pct) over (partition by province_code, as_of_date, segment) as regions_measured,
        rank() over (partition by province_code, as_of_date, segment order by coverage_pct desc nulls last) as place,
        max(as_of_date) over (partition by region_code) as latest_date,
        lag(as_of_date) over same_line as previous_as_of_date,
        lag(eligible_workers) over same_line as previous_eligible_workers,
        lag(active_members) over same_line as previous_active_members,
        lag(coverage_pct) over same_line as previous_coverage_pct
    from measured
    window same_line as (partition by region_code, segment, source, basis, is_sample order by as_of_date)
),

final as (
    select
        region_code,                                                                                -- Kemendagri code, text (35.03)
        region_name,                                                                                -- official name
        province_code,                                                                              -- code of the province (35)
        as_of_date,                                                                                 -- the day that the figures describe
        segment,                                                                                    -- PU, BPU, JAKON, PMI or TOTAL
        eligible_workers,                                                                           -- people: neither ASN nor TNI nor Polri
        active_members,                                                                             -- people: active on that day
        coverage_pct,                                                                               -- per cent, half up, two decimals: active / eligible
        cast(reported_coverage_pct as decimal(9, 2)) as reported_coverage_pct,                      -- per cent, as the extract printed it
        case when active_members > eligible_workers then 0 else eligible_workers - active_members end as uncovered_workers, -- people: eligible and not active, never below 0
        cast(case when regions_measured = regions_expected then place end as bigint) as rank_in_province, -- 1 is the highest coverage; only within a complete province
        previous_as_of_date,                                                                        -- the date before, of the same source and basis
        eligible_workers - previous_eligible_workers as eligible_workers_change,                    -- people, against the date before
        active_members - previous_active_members as active_members_change,                          -- people, against the date before
        cast(coverage_pct - previous_coverage_pct as decimal(9, 2)) as coverage_pct_change,         -- percentage points, against the date before
        eligible_total_source,                                                                      -- TOTAL only: the segments summed, or reported
        active_total_source,                                                                        -- TOTAL only: the segments summed, or reported
        source,                                                                                     -- who sent the row in force
        basis,                                                                                      -- ktp, workplace or unstated
        as_of_date = latest_date as is_latest,                                                      -- the region's latest date
        is_sample,                                                                                  -- made-up sample data
        eligible_workers_value_id,                                                                  -- the cell behind it; empty where it is a sum of this table's segments
        active_members_value_id,                                                                    -- the cell behind it; empty where it is a sum of this table's segments
        reported_coverage_pct_value_id                                                              -- the cell behind it
    from compared
)

select * from final
