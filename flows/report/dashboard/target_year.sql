-- The year whose target a province is measured against: the year of its day, or the next where the plans of most of its
-- regencies only begin in it. One year for the whole map, so that distances compare.
-- grain: province_code
with
firsts as (
    select region.province_code, region.region_code, min(target.year) as year
    from target
    join region on target.region_code = region.region_code
    join province on region.province_code = province.province_code
    where target.is_target and target.year >= year(province.as_of_date)
    group by region.province_code, region.region_code
),

own as (
    select province.province_code, min(target.year) as year
    from target
    join province on target.region_code = province.province_code
    where target.is_target and target.year >= year(province.as_of_date)
    group by province.province_code
),

counted as (
    select
        province_code, year,
        row_number() over (partition by province_code order by count(*) desc, year desc) as place
    from firsts
    group by province_code, year
)

select province.province_code, coalesce(counted.year, own.year) as target_year
from province
left join counted on province.province_code = counted.province_code and counted.place = 1
left join own on province.province_code = own.province_code
