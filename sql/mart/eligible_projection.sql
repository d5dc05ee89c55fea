-- Eligible workers in the years of a region's plans, by two projections from the latest measured date: flat, and growing
-- as the region's labour force did between the first and the last year that BPS gives (a constant rate a year).
-- grain: region_code, segment, projection, year
with
measured as (select * from work.region_coverage where eligible_workers is not null),

surveyed as (
    select
        source, region_code, year, survey_month,
        max(case when measure = 'labour_force_people' then value end) as labour_force,
        max(case when measure = 'employed_people' then value end) as employed
    from core.labour_force_value
    where known_from <= :known_at and (known_until is null or known_until > :known_at)
    group by source, region_code, year, survey_month
),

-- the labour force where a table gives it; else the employed, which are 95 in 100 of it
series as (
    select
        source, region_code, survey_month,
        case when count(labour_force) >= 2 then 'labour force' else 'employed' end as series,
        case when count(labour_force) >= 2
            then min(case when labour_force is not null then year end)
            else min(case when employed is not null then year end) end as from_year,
        case when count(labour_force) >= 2
            then max(case when labour_force is not null then year end)
            else max(case when employed is not null then year end) end as to_year
    from surveyed
    group by source, region_code, survey_month
),

chosen as (
    select *
    from (
        select
            *,
            row_number() over (
                partition by region_code
                order by case series when 'labour force' then 0 else 1 end, to_year - from_year desc, to_year desc,
                    source, survey_month
            ) as place
        from series
        where to_year > from_year
    ) as ranked
    where place = 1
),

ends as (
    select
        chosen.region_code, chosen.series, chosen.from_year, chosen.to_year,
        case chosen.series when 'labour force' then first.labour_force else first.employed end as from_people,
        case chosen.series when 'labour force' then last.labour_force else last.employed end as to_people
    from chosen
    join surveyed as first
        on chosen.region_code = first.region_code and chosen.source = first.source
        and chosen.survey_month = first.survey_month and chosen.from_year = first.year
    join surveyed as last
        on chosen.region_code = last.region_code and chosen.source = last.source
        and chosen.survey_month = last.survey_month and chosen.to_year = last.year
),

regencies as (select region_code, province_code from core.region where kind <> 'provinsi'),

-- a province grows as all its regencies together, where the same years stand for all of them
province_ends as (
    select
        regencies.province_code as region_code, min(ends.series) as series, min(ends.from_year) as from_year,
        min(ends.to_year) as to_year, sum(ends.from_people) as from_people, sum(ends.to_people) as to_people
    from regencies
    left join ends on regencies.region_code = ends.region_code
    group by regencies.province_code
    having count(*) = count(ends.region_code) and min(ends.series) = max(ends.series)
        and min(ends.from_year) = max(ends.from_year) and min(ends.to_year) = max(ends.to_year)
),

growth as (
    select
        *, pow(cast(to_people as double) / cast(from_people as double), 1.0 / (to_year - from_year)) as factor
    from (
        select * from ends
        union all
        select * from province_ends
    ) as both_ends
    where from_people > 0 and to_people > 0
),

spans as (
    select region_code, segment, min(baseline_year) as from_year, max(final_year) as to_year
    from work.plan
    group by region_code, segment
),

years as (
    select
        measured.*,
        cast(numbers.year as smallint) as year
    from measured
    join spans on measured.region_code = spans.region_code and measured.segment = spans.segment
    join generate_series(1990, 2069) as numbers(year)
        on numbers.year >= least(spans.from_year, extract(year from measured.as_of_date))
        and numbers.year <= spans.to_year
),

projected as (
    select
        region_code, segment, 'flat' as projection, year, cast(eligible_workers as double) as eligible_workers,
        as_of_date, cast(null as varchar) as series, cast(null as smallint) as from_year,
        cast(null as smallint) as to_year, cast(null as double) as factor, is_corrected,
        is_sample
    from years
    union all
    select
        years.region_code, years.segment, 'labour_force' as projection, years.year,
        years.eligible_workers * pow(growth.factor, years.year - extract(year from years.as_of_date))
            as eligible_workers,
        years.as_of_date, growth.series, growth.from_year, growth.to_year, growth.factor,
        years.is_corrected, years.is_sample
    from years
    join growth on years.region_code = growth.region_code
),

final as (
    select
        region_code,                                                         -- regency 35.03 or province 35
        segment,                                                             -- PU, BPU, JAKON, PMI or TOTAL
        projection,                                                          -- flat, or labour_force: as the labour force grew
        year,                                                                -- calendar year
        cast(floor(eligible_workers + 0.5) as bigint) as eligible_workers,   -- people
        as_of_date as measured_on,                                           -- the day of the measured figure that it starts from
        series as growth_series,                                             -- labour force or employed (BPS); empty: flat
        from_year as growth_from_year,                                       -- first year of the growth; empty: flat
        to_year as growth_to_year,                                           -- last year of the growth; empty: flat
        cast(floor((factor - 1) * 10000 + 0.5) * 0.01 as decimal(9, 2)) as growth_pct_a_year, -- per cent a year; empty: flat
        is_corrected,                                                        -- a corrected cell is behind the measured figure (meta.correction)
        is_sample                                                            -- made-up sample data
    from projected
)

select * from final
