-- What the desk keeps of a row: where it stands, its village, and two keyed hashes. No NIK, no name, no date.
-- grain: sheet_no, row_no
with
people as (select * from person),

places as (select * from placed),

faults as (select distinct sheet_no, row_no from row_fault where starts_with(rule, 'nik_')),

final as (
    select
        people.sheet_no,        -- number of the sheet
        people.row_no,          -- row of the sheet, from 0
        places.village_code,    -- code of the village; empty: not known
        case
            when faults.row_no is null
                then cast(left(sha256($outer || unhex(sha256($inner || encode(people.digits)))), 32) as uuid)
        end as nik_hash,        -- first half of the HMAC-SHA-256 of the NIK; empty: it is no NIK
        case
            when faults.row_no is null and people.name_letters <> ''
                then cast(
                    left(
                        sha256(
                            $outer || unhex(sha256(
                                $inner || encode(people.name_letters || '|' || cast(people.nik_birth_date as varchar))
                            ))
                        ), 32
                    ) as uuid
                )
        end as person_hash      -- likewise of name and birth date; empty: one of them is not known
    from people
    left join places
        on people.village_key = places.village_key
        and people.district_key = places.district_key
        and people.village_digits = places.village_digits
    left join faults on people.sheet_no = faults.sheet_no and people.row_no = faults.row_no
)

select * from final
