-- What each row is: eligible, to mend, or not eligible, and by which rule. A row that is not eligible for one reason is not, whatever else is wrong with it.
-- grain: extract_no, sheet_no, row_no
with
kept_rows as (select * from recipient_row),

faults as (
    select extract_no, sheet_no, row_no, rule from recipient_fault
    union all
    select extract_no, sheet_no, row_no, rule from list_fault
),

rules as (select * from recipient_rule),

worst as (
    select
        faults.extract_no,
        faults.sheet_no,
        faults.row_no,
        min(rules.weight) as weight
    from faults
    join rules on faults.rule = rules.rule
    group by faults.extract_no, faults.sheet_no, faults.row_no
),

final as (
    select
        kept_rows.extract_no,                               -- number of the list
        kept_rows.sheet_no,                                 -- number of the sheet
        kept_rows.row_no,                                   -- row of the sheet, from 0
        kept_rows.village_code,                             -- code of the village; empty: not known
        coalesce(rules.outcome, 'eligible') as outcome,     -- eligible, to_mend, not_eligible
        rules.rule                                          -- the rule that says so; empty: eligible
    from kept_rows
    left join worst
        on kept_rows.extract_no = worst.extract_no
        and kept_rows.sheet_no = worst.sheet_no
        and kept_rows.row_no = worst.row_no
    left join rules on worst.weight = rules.weight
)

select * from final
