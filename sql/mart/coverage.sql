-- Coverage in force, by region, as-of date and segment.
--
-- TOTAL, measure by measure: the sum of the parts in force where the latest extract that reports a TOTAL
-- also reports its parts and all of them are in force; else as reported. Parts are its parts where PU, BPU
-- and JAKON are all among them or where they add up to the TOTAL that it printed. Where no extract reports
-- a TOTAL: only from PU, BPU and JAKON together.
-- grain: region_code, as_of_date, segment
with
in_force as (select * from work.coverage_line where is_in_force),

known_values as (
    select * from core.coverage_value
    where known_from <= :known_at and (known_until is null or known_until > :known_at)
),

regions as (select region_code, name, province_code from core.region),

expected as (
    select province_code, count(*) as regions_expected from core.region where kind <> 'provinsi' group by province_code
),

-- one row a region, date and count: what is in force now, segment by segment
in_force_counts as (
    select
        region_code, as_of_date, measure, basis,
        max(case when segment = 'PU' then value end) as pu,
        max(case when segment = 'BPU' then value end) as bpu,
        max(case when segment = 'JAKON' then value end) as jakon,
        max(case when segment = 'PMI' then value end) as pmi,
        max(case when segment = 'TOTAL' then received_at end) as total_received_at
    from in_force
    where measure in ('eligible_workers', 'active_members')
    group by region_code, as_of_date, measure, basis
),

-- the same as one extract (one receipt) printed it
printed_counts as (
    select
        region_code, as_of_date, measure, basis, received_at,
        max(case when segment = 'PU' then value end) as pu,
        max(case when segment = 'BPU' then value end) as bpu,
        max(case when segment = 'JAKON' then value end) as jakon,
        max(case when segment = 'PMI' then value end) as pmi,
        max(case when segment = 'TOTAL' then value end) as total,
        -- its regions have a PMI column: where this one's cell is missing, a part of its TOTAL is
        max(max(case when segment = 'PMI' then 1 else 0 end)) over (
            partition by received_at, as_of_date, measure, basis
        ) as knows_pmi
    from known_values
    where measure in ('eligible_workers', 'active_members')
    group by region_code, as_of_date, measure, basis, received_at
),

recomputed_totals as (
    select
        in_force_counts.region_code,
        in_force_counts.as_of_date,
        in_force_counts.measure,
        case when printed_counts.pu is null then 0 else in_force_counts.pu end
        + case when printed_counts.bpu is null then 0 else in_force_counts.bpu end
        + case when printed_counts.jakon is null then 0 else in_force_counts.jakon end
        + case when printed_counts.pmi is null then 0 else in_force_counts.pmi end as value,
        concat_ws(
            '+',
            case when printed_counts.bpu is not null then 'BPU' end,
            case when printed_counts.jakon is not null then 'JAKON' end,
            case when printed_counts.pmi is not null then 'PMI' end,
            case when printed_counts.pu is not null then 'PU' end
        ) as total_source
    from in_force_counts
    join printed_counts
        on in_force_counts.total_received_at = printed_counts.received_at
        and in_force_counts.region_code = printed_counts.region_code
        and in_force_counts.as_of_date = printed_counts.as_of_date
        and in_force_counts.measure = printed_counts.measure
        and in_force_counts.basis = printed_counts.basis
    where coalesce(printed_counts.pu, printed_counts.bpu, printed_counts.jakon, printed_counts.pmi) is not null
        and (
            (
                printed_counts.pu + printed_counts.bpu + printed_counts.jakon is not null
                and (printed_counts.pmi is not null or printed_counts.knows_pmi = 0)
            )
            or coalesce(printed_counts.pu, 0) + coalesce(printed_counts.bpu, 0)
            + coalesce(printed_counts.jakon, 0) + coalesce(printed_counts.pmi, 0) = printed_counts.total
        )
),

unreported_totals as (
    select region_code, as_of_date, measure, pu + bpu + jakon as value, 'BPU+JAKON+PU' as total_source
    from in_force_counts
    where total_received_at is null
),

made_totals as (
    -- a sum with a part that is not in force is no sum
    select * from recomputed_totals where value is not null
    union all
    select * from unreported_totals where value is not null
),

total_rows as (
    select
        region_code, as_of_date, 'TOTAL' as segment,
        max(case when measure = 'eligible_workers' then value end) as eligible_workers,
        max(case when measure = 'eligible_workers' then total_source end) as eligible_total_source,
        max(case when measure = 'active_members' then value end) as active_members,
        max(case when measure = 'active_members' then total_source end) as active_total_source
    from made_totals
    group by region_code, as_of_date
),

region_rows as (
    select region_code, as_of_date, max(source) as source, max(basis) as basis, max(is_sample) as is_sample
    from in_force
    group by region_code, as_of_date
),

rows_in_force as (
    select
        region_code, as_of_date, segment,
        max(case when measure = 'eligible_workers' then value end) as eligible_workers,
        max(case when measure = 'eligible_workers' then value_id end) as eligible_workers_value_id,
        max(case when measure = 'active_members' then value end) as active_members,
        max(case when measure = 'active_members' then value_id end) as active_members_value_id,
        max(case when measure = 'reported_coverage_pct' then value end) as reported_coverage_pct,
        max(case when measure = 'reported_coverage_pct' then value_id end) as reported_coverage_pct_value_id
    from in_force
    group by region_code, as_of_date, segment
),

counted as (
    select
        coalesce(rows_in_force.region_code, total_rows.region_code) as region_code,
        coalesce(rows_in_force.as_of_date, total_rows.as_of_date) as as_of_date,
        coalesce(rows_in_force.segment, total_rows.segment) as segment,
        cast(coalesce(total_rows.eligible_workers, rows_in_force.eligible_workers) as bigint) as eligible_workers,
        cast(coalesce(total_rows.active_members, rows_in_force.active_members) as bigint) as active_members,
        case
            when total_rows.eligible_workers is not null then total_rows.eligible_total_source
            when rows_in_force.eligible_workers is not null and rows_in_force.segment = 'TOTAL' then 'reported'
        end as eligible_total_source,
        case
            when total_rows.active_members is not null then total_rows.active_total_source
            when rows_in_force.active_members is not null and rows_in_force.segment = 'TOTAL' then 'reported'
        end as active_total_source,
        case when total_rows.eligible_workers is null then rows_in_force.eligible_workers_value_id end
            as eligible_workers_value_id,
        case when total_rows.active_members is null then rows_in_force.active_members_value_id end
            as active_members_value_id,
        rows_in_force.reported_coverage_pct,
        rows_in_force.reported_coverage_pct_value_id
    from rows_in_force
    full join total_rows
        on rows_in_force.region_code = total_rows.region_code and rows_in_force.as_of_date = total_rows.as_of_date
        and rows_in_force.segment = total_rows.segment
),

measured as (
    select
        counted.*,
        region_rows.source,
        region_rows.basis,
        region_rows.is_sample,
        regions.name as region_name,
        regions.province_code,
        expected.regions_expected,
        -- half up in whole hundredths of a per cent: floating point rounds one tie in twenty wrong
        case
            when eligible_workers > 0
                then cast(cast((20000 * active_members + eligible_workers) // (2 * eligible_workers) as decimal(18, 0))
                    * 0.01 as decimal(18, 2))
        end as coverage_pct
    from counted
    join region_rows on counted.region_code = region_rows.region_code and counted.as_of_date = region_rows.as_of_date
    join regions on counted.region_code = regions.region_code
    join expected on regions.province_code = expected.province_code
),

latest as (select region_code, max(as_of_date) as latest_date from region_rows group by region_code),

compared as (
    select
        measured.*,
        count(coverage_pct) over (partition by province_code, as_of_date, segment) as regions_measured,
        rank() over (partition by province_code, as_of_date, segment order by coverage_pct desc nulls last) as place,
        latest.latest_date,
        lag(as_of_date) over same_line as previous_as_of_date,
        lag(eligible_workers) over same_line as previous_eligible_workers,
        lag(active_members) over same_line as previous_active_members,
        lag(coverage_pct) over same_line as previous_coverage_pct
    from measured
    join latest on measured.region_code = latest.region_code
    window same_line as (partition by measured.region_code, segment, source, basis, is_sample order by as_of_date)
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
        cast(reported_coverage_pct as decimal(18, 2)) as reported_coverage_pct,                      -- per cent, as the extract printed it
        case when active_members > eligible_workers then 0 else eligible_workers - active_members end as uncovered_workers, -- people: eligible and not active, never below 0
        cast(case when regions_measured = regions_expected then place end as bigint) as rank_in_province, -- 1 is the highest coverage; only within a complete province
        previous_as_of_date,                                                                        -- the date before, of the same source and basis
        eligible_workers - previous_eligible_workers as eligible_workers_change,                    -- people, against the date before
        active_members - previous_active_members as active_members_change,                          -- people, against the date before
        cast(coverage_pct - previous_coverage_pct as decimal(18, 2)) as coverage_pct_change,         -- percentage points, against the date before
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
