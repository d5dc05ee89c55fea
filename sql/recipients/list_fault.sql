-- What is wrong with rows beside others, within and between villages and lists: one row for each fault.
-- grain: extract_no, sheet_no, row_no, rule
with
kept_rows as (select * from recipient_row),

by_nik as (
    select
        nik_hash,
        count(distinct person_hash) as people,
        count(distinct village_code) as villages,
        min((extract_no, sheet_no, row_no)) as first_place
    from kept_rows
    where nik_hash is not null
    group by nik_hash
    having count(*) > 1
),

by_person as (
    select person_hash
    from kept_rows
    where person_hash is not null
    group by person_hash
    having count(distinct nik_hash) > 1
),

faults as (
    select
        kept_rows.extract_no,
        kept_rows.sheet_no,
        kept_rows.row_no,
        case
            when by_nik.people > 1 then 'nik_of_two_people'
            when by_nik.villages > 1 then 'nik_in_two_villages'
            when (kept_rows.extract_no, kept_rows.sheet_no, kept_rows.row_no) <> by_nik.first_place then 'nik_twice'
        end as rule
    from kept_rows
    join by_nik on kept_rows.nik_hash = by_nik.nik_hash
    union all
    select
        kept_rows.extract_no,
        kept_rows.sheet_no,
        kept_rows.row_no,
        'person_with_two_niks' as rule
    from kept_rows
    join by_person on kept_rows.person_hash = by_person.person_hash
),

final as (
    select
        extract_no, -- number of the list
        sheet_no,   -- number of the sheet
        row_no,     -- row of the sheet, from 0
        rule        -- a rule of schemas/recipients.py
    from faults
    where rule is not null
)

select * from final
