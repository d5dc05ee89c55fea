-- What is wrong with a row by itself: one row for each fault.
-- grain: sheet_no, row_no, rule
with
people as (select * from person),

places as (select * from placed),

regions as (select distinct nik_region from known_region),

excluded as (select * from excluded_occupation),

judged as (
    select
        people.*,
        places.rule as village_rule,
        regions.nik_region is not null as is_region_known,
        excluded.words is not null as is_excluded
    from people
    left join places
        on people.village_key = places.village_key
        and people.district_key = places.district_key
        and people.village_digits = places.village_digits
    left join regions on people.nik_region = regions.nik_region
    left join excluded on people.occupation_words = excluded.words
),

form as (
    select
        sheet_no,
        row_no,
        case
            when trim(nik) = '' then 'nik_missing'
            -- Excel keeps 15 digits of a number: the sixteenth has become 0
            when starts_with(nik, '#') and (not has_16_digits or right(digits, 1) = '0') then 'nik_damaged'
            when regexp_matches(lower(nik), '\de\+?\d') then 'nik_damaged'
            when not has_16_digits then 'nik_not_16_digits'
            when not is_region_known then 'nik_region_unknown'
            when nik_birth_date is null then 'nik_date_impossible'
            when serial = '0000' then 'nik_serial_zero'
        end as rule
    from judged
),

age as (
    select
        judged.*,
        form.rule as form_rule,
        year(cast($cover_day as date)) - year(born_on)
        - case when month(cast($cover_day as date)) * 100 + day(cast($cover_day as date)) < month(born_on) * 100 + day(born_on) then 1 else 0 end
            as age_years
    from judged
    join form on judged.sheet_no = form.sheet_no and judged.row_no = form.row_no
),

faults as (
    select sheet_no, row_no, rule from form
    union all
    select sheet_no, row_no, 'name_missing' from age where name_letters = ''
    union all
    select sheet_no, row_no, 'birth_date_unreadable' from age where trim(birth_date) <> '' and written_birth_date is null
    union all
    select sheet_no, row_no, 'birth_date_not_nik' from age where form_rule is null and written_birth_date <> nik_birth_date
    union all
    select sheet_no, row_no, 'sex_unreadable' from age where trim(sex) <> '' and written_sex is null
    union all
    select sheet_no, row_no, 'sex_not_nik' from age where form_rule is null and written_sex <> nik_sex
    union all
    select sheet_no, row_no, village_rule from age
    union all
    select sheet_no, row_no, 'occupation_excluded' from age where is_excluded
    union all
    select sheet_no, row_no, 'age_too_low' from age
    where form_rule is null and coalesce(written_birth_date, nik_birth_date) = nik_birth_date and age_years < $lowest_age
    union all
    select sheet_no, row_no, 'age_too_high' from age
    where form_rule is null and coalesce(written_birth_date, nik_birth_date) = nik_birth_date and age_years >= $age_limit
),

final as (
    select
        sheet_no,   -- number of the sheet
        row_no,     -- row of the sheet, from 0
        rule        -- a rule of schemas/recipients.py
    from faults
    where rule is not null
)

select * from final
