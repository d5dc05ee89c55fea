-- The cells that a plan's path rests on: its baseline and every target that it prints.
-- grain: region_code, document, cell
select
    plans.region_code, plans.document, 'baseline' as what, plans.extract_id, plans.sheet, plans.baseline_cell as cell
from core.plan_target as plans
join target
    on plans.region_code = target.region_code and plans.document = target.document
    and plans.cited_source = target.cited_source
where plans.segment = 'TOTAL' and plans.known_until is null
union
select plans.region_code, plans.document, 'target', plans.extract_id, plans.sheet, plans.target_cell
from core.plan_target as plans
join target
    on plans.region_code = target.region_code and plans.document = target.document
    and plans.cited_source = target.cited_source
where plans.segment = 'TOTAL' and plans.known_until is null
order by all
