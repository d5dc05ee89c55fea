-- What contribution assistance costs by the rates, what it adds to coverage, and what the year's target would cost.
--
-- Cost: JKK and JKM by the rate of each paid month, sector other. Where APBN or APBD pays (DBHCHT and Dana Desa are part
-- of them) PP 50/2025's halving does not apply; CSR and Baznas pay as the members themselves. Coverage: recipients over
-- the region's eligible workers as measured last, as if none of them were a member already. Where no first month is
-- printed, January stands in. Each cited source's latest delivery of a year and status counts, and every cited source
-- stands here, whether it differs or not: choose one before adding up. Target: the region's plan in force (RPJMD before RPJMN, RPJPD, RPJPN), linear, from its printed
-- baseline, eligible workers flat; years of that plan without a programme have a row too.
-- grain: region_code, year, assistance_id
with
programmes as (
    select * from core.assistance
    where known_from <= :known_at and (known_until is null or known_until > :known_at)
),

measured as (select * from work.region_coverage where segment = 'TOTAL'),

paths as (
    select * from mart.target_path
    where segment = 'TOTAL' and is_in_force and method = 'linear' and baseline = 'plan' and projection in ('flat', 'none')
),

rates as (
    select * from core.contribution_rate
    where sector = 'other' and programme in ('JKK', 'JKM')
),

regions as (
    select region_code, name from core.region
    union all
    select '00' as region_code, 'Indonesia' as name
),

calendar as (select month from generate_series(1, 12) as numbers(month)),

latest as (
    select
        *,
        coalesce(first_month, 1) as paid_first_month,
        case when fund in ('CSR', 'Baznas') then 'self' else 'government' end as payer
    from (
        select
            *,
            rank() over (
                partition by region_code, year, status, cited_source
                order by is_sample, is_revision desc, received_at desc, source
            ) as delivery,
            min(case when is_sample then 1 else 0 end) over (partition by region_code) as only_sample
        from programmes
    ) as ranked
    where delivery = 1 and (not is_sample or only_sample = 1)
),

-- everything that a source says of a year as one text
sayings as (
    select
        region_code, year, status, cited_source,
        string_agg(
            coalesce(cast(recipients as varchar), '') || ':' || coalesce(cast(months as varchar), '') || ':'
            || coalesce(cast(budget_rupiah as varchar), ''), ',' order by recipients, months, budget_rupiah
        ) as says
    from latest
    group by region_code, year, status, cited_source
),

disputes as (
    select region_code, year, status, count(*) as sources, min(says) <> max(says) as is_disputed
    from sayings
    group by region_code, year, status
),

person_costs as (
    select latest.assistance_id, sum(rates.rupiah_per_month) as rupiah_a_person
    from latest
    join calendar
        on calendar.month >= latest.paid_first_month and calendar.month < latest.paid_first_month + latest.months
    join rates
        on latest.payer = rates.payer
        and make_date(cast(latest.year as bigint), calendar.month, 1) >= rates.valid_from
        and (rates.valid_until is null or make_date(cast(latest.year as bigint), calendar.month, 1) <= rates.valid_until)
    group by latest.assistance_id
),

-- months counted from year 0, so that December goes on to January
costed as (
    select
        latest.*,
        disputes.sources,
        disputes.is_disputed,
        latest.recipients * latest.months as people_months,
        cast(person_costs.rupiah_a_person as bigint) as rupiah_a_person,
        cast(latest.recipients * person_costs.rupiah_a_person as bigint) as cost_rupiah,
        cast(latest.year as bigint) * 12 + latest.paid_first_month - 1 + latest.months as month_after
    from latest
    join disputes
        on latest.region_code = disputes.region_code and latest.year = disputes.year
        and latest.status = disputes.status
    left join person_costs on latest.assistance_id = person_costs.assistance_id
),

targets as (
    select *
    from (
        select
            *,
            row_number() over (
                partition by region_code, year
                order by case document when 'RPJMD' then 1 when 'RPJMN' then 2 when 'RPJPD' then 3 when 'RPJPN' then 4
                    else 5 end
            ) as place
        from paths
        where region_code in (select region_code from latest)
    ) as ranked
    where place = 1
),

years as (
    select region_code, year from costed
    union
    select region_code, year from targets
),

final as (
    select
        years.region_code,                                                  -- regency 35.03, province 35, the nation 00
        regions.name as region_name,                                        -- official name
        years.year,                                                         -- budget year, and year of the target
        costed.assistance_id,                                               -- the row behind it (core.assistance); empty: a year of the plan without a programme
        costed.recipient_group,                                             -- who is paid for, as printed
        costed.fund,                                                        -- APBD, APBN, DBHCHT, Dana Desa, CSR, Baznas, or unstated
        costed.status,                                                      -- planned or realised
        costed.cited_source,                                                -- document or article that gives it
        costed.sources,                                                     -- how many cited sources speak of the year and status
        costed.is_disputed,                                                 -- they give different people, months or rupiah
        costed.recipients,                                                  -- people who are paid for
        costed.months,                                                      -- months paid for each
        costed.people_months,                                               -- people times months
        case when costed.months is not null then make_date(cast(costed.year as bigint), costed.paid_first_month, 1) end
            as paid_from,                                                   -- first day of the first paid month
        case when costed.months is not null then costed.first_month is null and costed.months < 12 end
            as paid_from_is_assumed,                                        -- no first month is printed: January stands in
        cast(make_date(costed.month_after // 12, costed.month_after % 12 + 1, 1) - interval 1 day as date)
            as paid_until,                                                  -- last day of the last paid month
        cast(make_date((costed.month_after + 3) // 12, (costed.month_after + 3) % 12 + 1, 1) - interval 1 day as date)
            as active_until,                                                -- last day of the third unpaid month: until then they stay active if nobody pays on
        costed.payer,                                                       -- whose rate counts: government, or self (CSR, Baznas)
        costed.rupiah_a_person,                                             -- rupiah: JKK and JKM of the paid months
        costed.cost_rupiah,                                                 -- rupiah by rate: recipients times rupiah_a_person
        costed.budget_rupiah,                                               -- rupiah, as printed
        costed.budget_rupiah - costed.cost_rupiah as budget_less_cost_rupiah, -- rupiah that the rate does not explain; negative: the budget is too small
        measured.as_of_date as measured_on,                                 -- day of the measured figures; empty: not measured
        measured.eligible_workers,                                          -- people, all segments, as measured
        measured.active_members,                                            -- people, all segments, as measured
        cast(((20000 * costed.recipients + measured.eligible_workers) // nullif(2 * measured.eligible_workers, 0)) * 0.01 as decimal(9, 2))
            as recipients_pct_points,                                       -- percentage points that the recipients add while paid, and lose after active_until
        cast((2 * cast(costed.cost_rupiah as hugeint) * measured.eligible_workers + 100 * costed.recipients)
            // nullif(200 * costed.recipients, 0) as bigint) as cost_rupiah_per_pct_point, -- rupiah by rate for one percentage point, for the paid months
        cast((2 * cast(costed.budget_rupiah as hugeint) * measured.eligible_workers + 100 * costed.recipients)
            // nullif(200 * costed.recipients, 0) as bigint) as budget_rupiah_per_pct_point, -- rupiah of the budget for one percentage point
        targets.document as target_document,                                -- plan of the year's target; empty: none
        targets.cited_source as target_cited_source,                        -- document or article that prints the plan
        targets.target_pct,                                                 -- per cent: the year's target
        targets.target_members,                                             -- people: target_pct of the eligible workers
        case when targets.target_members > measured.active_members then targets.target_members - measured.active_members
            when targets.target_members is not null and measured.active_members is not null then 0 end
            as members_to_target,                                           -- people between what is measured and the year's target
        case when targets.target_members > measured.active_members then targets.target_members - measured.active_members
            when targets.target_members is not null and measured.active_members is not null then 0 end
        * targets.rate_rupiah_a_year as closing_cost_rupiah,                -- rupiah for 12 months of JKK and JKM for members_to_target, where government pays; of the year, not of the programme
        costed.correction_ids is not null or coalesce(measured.is_corrected, false) or coalesce(targets.is_corrected, false)
            as is_corrected,                                                -- a corrected cell is among those that its numbers rest on (meta.correction)
        coalesce(costed.is_sample, false) or coalesce(measured.is_sample, false) or coalesce(targets.is_sample, false)
            as is_sample                                                    -- made-up sample data
    from years
    join regions on years.region_code = regions.region_code
    left join costed on years.region_code = costed.region_code and years.year = costed.year
    left join targets on years.region_code = targets.region_code and years.year = targets.year
    left join measured on years.region_code = measured.region_code
)

select * from final
