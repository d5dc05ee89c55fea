-- Coverage in force, by region, as-of date and segment.
--
-- TOTAL, measure by measure: the sum of the parts in force where the latest extract that reports a TOTAL
-- also reports its parts and all of them are in force; else as reported. Parts are its parts where PU, BPU
-- and JAKON are all among them or where they add up to the TOTAL that it printed. Where no extract reports
-- a TOTAL: only from PU, BPU and JAKON together.
-- grain: region_code, as_of_date, segment
with
in_force as (select * from work.coverage_line where is_in_force),

records as (select * from work.coverage_record),

regions as (select region_code, name, province_code from core.region),

expected as (
    select province_code, count(*) as regions_expected from core.region where kind <> 'provinsi' group by province_code
),

-- one row a region and date: what is in force now, segments side by side
side_by_side as (
    select
        region_code, as_of_date,
        any_value(source) as source, any_value(basis) as basis, bool_or(is_sample) as is_sample,
        max(case when segment = 'PU' then eligible_workers end) as pu_eligible,
        max(case when segment = 'BPU' then eligible_workers end) as bpu_eligible,
        max(case when segment = 'JAKON' then eligible_workers end) as jakon_eligible,
        max(case when segment = 'PMI' then eligible_workers end) as pmi_eligible,
        max(case when segment = 'TOTAL' then eligible_workers_received_at end) as eligible_received_at,
        max(case when segment = 'PU' then active_members end) as pu_active,
        max(case when segment = 'BPU' then active_members end) as bpu_active,
        max(case when segment = 'JAKON' then active_members end) as jakon_active,
        max(case when segment = 'PMI' then active_members end) as pmi_active,
        max(case when segment = 'TOTAL' then active_members_received_at end) as active_received_at
    from in_force
    group by region_code, as_of_date
),

-- the same as each delivery printed it
printed as (
    select
        received_at, basis, region_code, as_of_date,
        max(case when segment = 'PU' then eligible_workers end) as pu_eligible,
        max(case when segment = 'BPU' then eligible_workers end) as bpu_eligible,
        max(case when segment = 'JAKON' then eligible_workers end) as jakon_eligible,
        max(case when segment = 'PMI' then eligible_workers end) as pmi_eligible,
        max(case when segment = 'TOTAL' then eligible_workers end) as total_eligible,
        max(case when segment = 'PU' then active_members end) as pu_active,
        max(case when segment = 'BPU' then active_members end) as bpu_active,
        max(case when segment = 'JAKON' then active_members end) as jakon_active,
        max(case when segment = 'PMI' then active_members end) as pmi_active,
        max(case when segment = 'TOTAL' then active_members end) as total_active
    from records
    group by received_at, basis, region_code, as_of_date
),

-- a delivery with a PMI column: where a region's own cell of it is missing, a part of its TOTAL is
knows_pmi as (
    select
        received_at, basis, as_of_date,
        count(pmi_eligible) > 0 as knows_pmi_eligible, count(pmi_active) > 0 as knows_pmi_active
    from printed
    group by received_at, basis, as_of_date
),

-- one row a region, date and count; of the printed ones, the delivery whose TOTAL is in force
parts as (
    select
        side_by_side.region_code, side_by_side.as_of_date, 'eligible_workers' as measure,
        side_by_side.eligible_received_at as total_received_at,
        side_by_side.pu_eligible as pu, side_by_side.bpu_eligible as bpu,
        side_by_side.jakon_eligible as jakon, side_by_side.pmi_eligible as pmi,
        printed.pu_eligible as printed_pu, printed.bpu_eligible as printed_bpu,
        printed.jakon_eligible as printed_jakon, printed.pmi_eligible as printed_pmi,
        printed.total_eligible as printed_total, knows_pmi.knows_pmi_eligible as knows_pmi
    from side_by_side
    left join printed
        on side_by_side.eligible_received_at = printed.received_at and side_by_side.basis = printed.basis
        and side_by_side.region_code = printed.region_code and side_by_side.as_of_date = printed.as_of_date
    left join knows_pmi
        on side_by_side.eligible_received_at = knows_pmi.received_at and side_by_side.basis = knows_pmi.basis
        and side_by_side.as_of_date = knows_pmi.as_of_date
    union all
    select
        side_by_side.region_code, side_by_side.as_of_date, 'active_members' as measure,
        side_by_side.active_received_at as total_received_at,
        side_by_side.pu_active as pu, side_by_side.bpu_active as bpu,
        side_by_side.jakon_active as jakon, side_by_side.pmi_active as pmi,
        printed.pu_active as printed_pu, printed.bpu_active as printed_bpu,
        printed.jakon_active as printed_jakon, printed.pmi_active as printed_pmi,
        printed.total_active as printed_total, knows_pmi.knows_pmi_active as knows_pmi
    from side_by_side
    left join printed
        on side_by_side.active_received_at = printed.received_at and side_by_side.basis = printed.basis
        and side_by_side.region_code = printed.region_code and side_by_side.as_of_date = printed.as_of_date
    left join knows_pmi
        on side_by_side.active_received_at = knows_pmi.received_at and side_by_side.basis = knows_pmi.basis
        and side_by_side.as_of_date = knows_pmi.as_of_date
),

made_totals as (
    -- a sum with a part that is not in force is no sum: it is null
    select
        region_code, as_of_date, measure,
        case when printed_pu is null then 0 else pu end + case when printed_bpu is null then 0 else bpu end
        + case when printed_jakon is null then 0 else jakon end + case when printed_pmi is null then 0 else pmi end
            as value,
        concat_ws(
            '+',
            case when printed_bpu is not null then 'BPU' end, case when printed_jakon is not null then 'JAKON' end,
            case when printed_pmi is not null then 'PMI' end, case when printed_pu is not null then 'PU' end
        ) as total_source
    from parts
    where total_received_at is not null
        and coalesce(printed_pu, printed_bpu, printed_jakon, printed_pmi) is not null
        and (
            (printed_pu + printed_bpu + printed_jakon is not null and (printed_pmi is not null or not knows_pmi))
            or coalesce(printed_pu, 0) + coalesce(printed_bpu, 0) + coalesce(printed_jakon, 0)
            + coalesce(printed_pmi, 0) = printed_total
        )
    union all
    select region_code, as_of_date, measure, pu + bpu + jakon as value, 'BPU+JAKON+PU' as total_source
    from parts
    where total_received_at is null
),

total_rows as (
    select
        made_totals.region_code, made_totals.as_of_date, 'TOTAL' as segment,
        any_value(side_by_side.source) as source, any_value(side_by_side.basis) as basis,
        bool_or(side_by_side.is_sample) as is_sample,
        max(case when made_totals.measure = 'eligible_workers' then made_totals.value end) as eligible_workers,
        max(case when made_totals.measure = 'eligible_workers' then made_totals.total_source end)
            as eligible_total_source,
        max(case when made_totals.measure = 'active_members' then made_totals.value end) as active_members,
        max(case when made_totals.measure = 'active_members' then made_totals.total_source end) as active_total_source
    from made_totals
    join side_by_side
        on made_totals.region_code = side_by_side.region_code and made_totals.as_of_date = side_by_side.as_of_date
    where made_totals.value is not null
    group by made_totals.region_code, made_totals.as_of_date
),

-- few figures are corrected: looked for first, they cost the others nothing
corrected as (
    select cell_values.region_code, cell_values.as_of_date, cell_values.segment, cell_values.measure
    from core.coverage_value as cell_values
    join in_force
        on cell_values.region_code = in_force.region_code and cell_values.as_of_date = in_force.as_of_date
        and cell_values.segment = in_force.segment
    where cell_values.correction_id is not null
        and cell_values.value_id in (
            in_force.eligible_workers_value_id, in_force.active_members_value_id,
            in_force.reported_coverage_pct_value_id
        )
),

-- a TOTAL that is made rests on its parts, not on the cell that reports it
corrected_rows as (
    select corrected.region_code, corrected.as_of_date, corrected.segment
    from corrected
    left join total_rows
        on corrected.region_code = total_rows.region_code and corrected.as_of_date = total_rows.as_of_date
        and corrected.segment = total_rows.segment
    where case
        when corrected.measure = 'eligible_workers' then total_rows.eligible_workers
        when corrected.measure = 'active_members' then total_rows.active_members
    end is null
    union
    select total_rows.region_code, total_rows.as_of_date, total_rows.segment
    from total_rows
    join corrected
        on total_rows.region_code = corrected.region_code and total_rows.as_of_date = corrected.as_of_date
        and '+' || case
            when corrected.measure = 'eligible_workers' then total_rows.eligible_total_source
            when corrected.measure = 'active_members' then total_rows.active_total_source
        end || '+' like '%+' || corrected.segment || '+%'
),

counted as (
    select
        coalesce(in_force.region_code, total_rows.region_code) as region_code,
        coalesce(in_force.as_of_date, total_rows.as_of_date) as as_of_date,
        coalesce(in_force.segment, total_rows.segment) as segment,
        coalesce(in_force.source, total_rows.source) as source,
        coalesce(in_force.basis, total_rows.basis) as basis,
        coalesce(in_force.is_sample, total_rows.is_sample) as is_sample,
        cast(coalesce(total_rows.eligible_workers, in_force.eligible_workers) as bigint) as eligible_workers,
        cast(coalesce(total_rows.active_members, in_force.active_members) as bigint) as active_members,
        case
            when total_rows.eligible_workers is not null then total_rows.eligible_total_source
            when in_force.eligible_workers is not null and in_force.segment = 'TOTAL' then 'reported'
        end as eligible_total_source,
        case
            when total_rows.active_members is not null then total_rows.active_total_source
            when in_force.active_members is not null and in_force.segment = 'TOTAL' then 'reported'
        end as active_total_source,
        case when total_rows.eligible_workers is null then in_force.eligible_workers_value_id end
            as eligible_workers_value_id,
        case when total_rows.active_members is null then in_force.active_members_value_id end
            as active_members_value_id,
        in_force.reported_coverage_pct,
        in_force.reported_coverage_pct_value_id
    from in_force
    full join total_rows
        on in_force.region_code = total_rows.region_code and in_force.as_of_date = total_rows.as_of_date
        and in_force.segment = total_rows.segment
),

measured as (
    select
        counted.*,
        regions.name as region_name,
        regions.province_code,
        expected.regions_expected,
        corrected_rows.region_code is not null as is_corrected,
        -- half up in whole hundredths of a per cent: floating point rounds one tie in twenty wrong
        case
            when eligible_workers > 0
                then cast(cast((20000 * active_members + eligible_workers) // (2 * eligible_workers) as decimal(18, 0))
                    * 0.01 as decimal(18, 2))
        end as coverage_pct
    from counted
    join regions on counted.region_code = regions.region_code
    join expected on regions.province_code = expected.province_code
    left join corrected_rows
        on counted.region_code = corrected_rows.region_code and counted.as_of_date = corrected_rows.as_of_date
        and counted.segment = corrected_rows.segment
),

latest as (select region_code, max(as_of_date) as latest_date from counted group by region_code),

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
        is_corrected,                                                                               -- a corrected cell is among those that its numbers rest on (meta.correction)
        eligible_workers_value_id,                                                                  -- the cell behind it; empty where it is a sum of this table's segments
        active_members_value_id,                                                                    -- the cell behind it; empty where it is a sum of this table's segments
        reported_coverage_pct_value_id                                                              -- the cell behind it
    from compared
)

select * from final
