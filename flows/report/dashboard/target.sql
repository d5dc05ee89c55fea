-- The yearly targets of regencies and provinces: the plan in force (RPJMD before RPJMN, RPJPD, RPJPN), straight line from
-- its printed baseline, eligible workers flat. The baseline itself is no target, but the point from which the line starts.
-- grain: region_code, year
with
paths as (
    select
        region_code, document, cited_source, year, target_pct, new_members, contribution_rupiah, rate_rupiah_a_year,
        is_sample,
        min(year) over (partition by region_code, document, cited_source) as baseline_year
    from mart.target_path
    where segment = 'TOTAL' and is_in_force and method = 'linear' and baseline = 'plan' and projection in ('flat', 'none')
),

shown as (
    select region_code, as_of_date from region
    union all
    select province_code as region_code, as_of_date from province
),

ranked as (
    select
        *,
        row_number() over (
            partition by region_code, year
            order by
                year > baseline_year desc,
                coalesce(array_position(['RPJMD', 'RPJMN', 'RPJPD', 'RPJPN'], document), 9), document, cited_source
        ) as place
    from paths
)

select
    ranked.region_code, ranked.year, ranked.year > ranked.baseline_year as is_target, ranked.document,
    ranked.cited_source, ranked.target_pct, ranked.new_members, ranked.contribution_rupiah, ranked.rate_rupiah_a_year,
    ranked.is_sample
from ranked
join shown on ranked.region_code = shown.region_code
where ranked.place = 1 and ranked.year <= year(shown.as_of_date) + 6
order by ranked.region_code, ranked.year
