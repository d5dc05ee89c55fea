-- The plans as known at a moment, one row a target year, and which source of a plan is in force.
--
-- Of one sender's rows about the same region, indicator, document and cited source the latest delivery counts (a
-- revision before others). Where sources differ, the one that alone has the lowest rank is in force; without ranks none
-- is, unless all say the same. Sample data never stands beside real data. Not published: a step on the way.
-- grain: region_code, segment, document, cited_source, target_year
with
targets as (
    select * from core.plan_target
    where known_from <= :known_at and (known_until is null or known_until > :known_at)
),

latest as (
    select *
    from (
        select
            *,
            rank() over (
                partition by region_code, segment, document, cited_source
                order by is_sample, is_revision desc, received_at desc, source
            ) as delivery,
            min(case when is_sample then 1 else 0 end) over (partition by region_code, segment, document) as only_sample
        from targets
    ) as ranked
    where delivery = 1 and (not is_sample or only_sample = 1)
),

-- the baseline and the last target of each source, and everything that it says as one text
sources as (
    select
        region_code, segment, document, cited_source,
        max(target_year) as final_year,
        min(rank) as rank,
        string_agg(
            cast(baseline_year as varchar) || ':' || cast(baseline_pct as varchar) || ':' || cast(target_year as varchar)
            || ':' || cast(target_pct as varchar), ',' order by target_year
        ) as says
    from latest
    group by region_code, segment, document, cited_source
),

rivals as (
    select
        *,
        count(*) over about as sources,
        min(says) over about = max(says) over about as all_agree,
        min(rank) over about as lowest_rank,
        count(*) over (partition by region_code, segment, document, rank) as with_this_rank,
        row_number() over (
            partition by region_code, segment, document order by coalesce(rank, 1000000), cited_source
        ) as place
    from sources
    window about as (partition by region_code, segment, document)
),

final as (
    select
        latest.region_code,                                    -- regency 35.03, province 35, the nation 00
        latest.segment,                                        -- TOTAL or one segment
        latest.document,                                       -- RPJPN, RPJPD, RPJMN, RPJMD or Kemendagri
        latest.cited_source,                                   -- document or article that prints it
        latest.legal_basis,                                    -- regulation that sets it; may be empty
        finals.baseline_year,                                  -- year that the baseline describes
        finals.baseline_pct,                                   -- per cent, as printed
        latest.target_year,                                    -- year of this target
        latest.target_pct,                                     -- per cent, as printed
        rivals.final_year,                                     -- last year that the source gives a target for
        latest.plan_target_id,                                 -- the row behind it (core.plan_target)
        latest.rank,                                           -- 1 goes before 2; empty: not ranked
        rivals.sources,                                        -- how many sources give this plan
        (rivals.all_agree and rivals.place = 1)
        or coalesce(rivals.rank = rivals.lowest_rank and rivals.with_this_rank = 1, false) as is_in_force, -- this source counts
        latest.correction_ids is not null or finals.correction_ids is not null as is_corrected, -- a corrected cell is in this row or in the baseline's
        latest.is_sample                                       -- made-up sample data
    from latest
    join rivals
        on latest.region_code = rivals.region_code and latest.segment = rivals.segment
        and latest.document = rivals.document and latest.cited_source = rivals.cited_source
    join latest as finals
        on latest.region_code = finals.region_code and latest.segment = finals.segment
        and latest.document = finals.document and latest.cited_source = finals.cited_source
        and rivals.final_year = finals.target_year
)

select * from final
