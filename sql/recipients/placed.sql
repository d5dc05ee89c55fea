-- Which village each written name, district and code means; one row for each way in which it is written.
-- grain: village_key, district_key, village_digits
with
written as (select distinct village_key, district_key, village_digits from person),

villages as (select * from village),

matched as (
    select
        written.*,
        count(villages.village_code) as candidates,
        min(villages.village_code) as village_code,
        count(villages.village_code) filter (where villages.village_digits = written.village_digits) as of_code
    from written
    left join villages
        on (written.village_key <> '' and villages.village_key = written.village_key
            and (written.district_key = '' or villages.district_key = written.district_key))
        or (written.village_key = '' and written.village_digits <> '' and villages.village_digits = written.village_digits)
    group by all
),

coded as (
    select
        matched.*,
        villages.village_code as code_of_digits
    from matched
    left join villages on matched.village_digits <> '' and villages.village_digits = matched.village_digits
),

final as (
    select
        village_key,        -- as written
        district_key,       -- as written
        village_digits,     -- as written
        case
            when village_key = '' and village_digits = '' then 'village_missing'
            when village_digits <> '' and code_of_digits is null then 'village_unknown'
            when village_digits <> '' and village_key <> '' and of_code = 0 then 'village_code_contradicts'
            when candidates = 0 then 'village_unknown'
            when candidates > 1 and code_of_digits is null then 'village_needs_district'
        end as rule,        -- why it is no one village; empty: it is
        case
            when village_key = '' and village_digits = '' then null
            when village_digits <> '' and (code_of_digits is null or (village_key <> '' and of_code = 0)) then null
            when code_of_digits is not null then code_of_digits
            when candidates = 1 then village_code
        end as village_code -- code of the village; empty: unknown
    from coded
)

select * from final
