-- How fresh each regency's figures are: dates, not ages, so that the table does not change by itself.
-- grain: region_code
with
regions as (select region_code, name, province_code from core.region where kind <> 'provinsi'),

cell_values as (
    select * from core.coverage_value
    where known_from <= :known_at and (known_until is null or known_until > :known_at)
),

latest as (
    select
        region_code,
        max(as_of_date) as latest_as_of_date,
        max(received_at) as last_received_at,
        count(distinct as_of_date) as dates,
        max(is_sample) as is_sample
    from cell_values
    group by region_code
),

final as (
    select
        regions.region_code,                            -- Kemendagri code, text (35.03)
        regions.name as region_name,                    -- official name
        regions.province_code,                          -- code of the province (35)
        latest.latest_as_of_date,                       -- latest day that its figures describe; empty: nothing came
        latest.last_received_at,                        -- UTC: when its last extract came; empty: nothing came
        coalesce(latest.dates, 0) as dates,             -- how many days its figures describe
        coalesce(latest.is_sample, false) as is_sample  -- made-up sample data is among them
    from regions
    left join latest on regions.region_code = latest.region_code
)

select * from final
