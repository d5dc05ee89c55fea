-- The letters of every column that a sheet can have: 0 is A, 16,383 is XFD. Not published: a step on the way to addresses.
-- grain: column_no
with
numbers as (select cast(unnest(range(16384)) as integer) as column_no),

final as (
    select
        column_no,                                                      -- from 0
        case
            when column_no < 26 then chr(65 + column_no)
            when column_no < 702 then chr(64 + column_no // 26) || chr(65 + column_no % 26)
            else chr(65 + (column_no - 702) // 676) || chr(65 + (column_no - 702) // 26 % 26) || chr(65 + column_no % 26)
        end as letters                                                  -- as Excel names the column
    from numbers
)

select * from final
