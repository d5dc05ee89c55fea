-- The rows of lists as people: NIK, birth date, sex and village as far as their cells say them. In memory only.
-- grain: sheet_no, row_no
with
cells as (select * from cell_text),

months as (select * from month_name),

plain as (
    select
        *,
        case
            when starts_with(nik, '#') then substr(nik, 2)
            else regexp_replace(regexp_replace(trim(nik), '\.0$', ''), '[\s.''’`‘"-]', '', 'g')
        end as digits,
        regexp_replace(lower(name), '[^a-z]', '', 'g') as name_letters,
        regexp_extract(lower(birth_date), '(\d{1,2})[-/. ]+(\d{1,2}|[a-z]+)[-/., ]+(\d{4})\b', ['d', 'm', 'y']) as day_first,
        regexp_extract(birth_date, '\b(\d{4})[-/](\d{1,2})[-/](\d{1,2})', ['y', 'm', 'd']) as year_first,
        regexp_replace(lower(sex), '[^a-z]', '', 'g') as sex_letters,
        regexp_replace(regexp_replace(lower(trim(village)), '^(desa|kelurahan|kel|ds)[ .:]+', ''), '[^a-z0-9]', '', 'g') as village_key,
        regexp_replace(regexp_replace(lower(trim(district)), '^(kecamatan|kec)[ .:]+', ''), '[^a-z0-9]', '', 'g') as district_key,
        regexp_replace(village_code, '[^0-9]', '', 'g') as village_digits,
        trim(regexp_replace(lower(occupation), '[^a-z]+', ' ', 'g')) as occupation_words
    from cells
),

formed as (
    select
        plain.*,
        regexp_full_match(digits, '\d{16}') as has_16_digits,
        coalesce(
            try_cast(year_first.y || '-' || year_first.m || '-' || year_first.d as date),
            try_cast(day_first.y || '-' || coalesce(cast(months.month_no as varchar), day_first.m) || '-' || day_first.d as date)
        ) as written_birth_date
    from plain
    left join months on plain.day_first.m = months.name
),

split as (
    select
        *,
        case when has_16_digits then left(digits, 4) end as nik_region,
        case when has_16_digits then cast(substr(digits, 7, 2) as integer) end as nik_day,
        case when has_16_digits then substr(digits, 9, 2) end as nik_month,
        case when has_16_digits then cast(substr(digits, 11, 2) as integer) end as nik_year
    from formed
),

dated as (
    select
        *,
        case when nik_day > 40 then 'P' else 'L' end as nik_sex,
        try_cast(
            cast(
                case
                    when written_birth_date is not null and year(written_birth_date) % 100 = nik_year then year(written_birth_date)
                    when 2000 + nik_year <= year(cast($cover_day as date)) then 2000 + nik_year
                    else 1900 + nik_year
                end as varchar
            ) || '-' || nik_month || '-' || cast(case when nik_day > 40 then nik_day - 40 else nik_day end as varchar) as date
        ) as nik_birth_date
    from split
),

final as (
    select
        sheet_no,           -- number of the sheet
        row_no,             -- row of the sheet, from 0
        nik,                -- the cell as found; # before a number
        digits,             -- its digits without spaces, points and quotes
        has_16_digits,      -- it has the form of a NIK
        nik_region,         -- first four digits: the regency of first registration
        nik_birth_date,     -- birth date that the NIK says; empty: no such day
        nik_sex,            -- L, or P where the day is above 40
        right(digits, 4) as serial, -- the last four digits
        name_letters,       -- the name's letters alone
        birth_date,         -- the cell as found
        written_birth_date, -- birth date that the cell says; empty: none that can be read
        sex,                -- the cell as found
        case
            when sex_letters in ('l', 'lk', 'laki', 'lakilaki', 'pria', 'm', 'male') then 'L'
            when sex_letters in ('p', 'pr', 'perempuan', 'wanita', 'w', 'f', 'female') then 'P'
        end as written_sex, -- sex that the cell says: L, P; empty: none that can be read
        case when village_key <> '' then village_key else said_village end as village_key,     -- the village's name, its letters alone
        case when district_key <> '' then district_key else said_district end as district_key, -- the district's
        village_digits,     -- digits of the village's code
        occupation_words,   -- words of the occupation
        coalesce(written_birth_date, nik_birth_date) as born_on -- birth date by which age is judged
    from dated
)

select * from final
