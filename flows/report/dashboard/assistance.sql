-- Programmes that pay contributions, with the cells of what was printed of each.
-- grain: assistance_id
select
    effect.region_code, effect.year, effect.assistance_id, effect.recipient_group, effect.fund, effect.status,
    effect.cited_source, effect.is_disputed, effect.recipients, effect.months, effect.cost_rupiah, effect.budget_rupiah,
    effect.budget_less_cost_rupiah, effect.recipients_pct_points, effect.active_until,
    printed.extract_id, printed.sheet, printed.recipients_cell, printed.months_cell, printed.budget_cell
from mart.assistance_effect as effect
join core.assistance as printed on effect.assistance_id = printed.assistance_id
order by effect.region_code, effect.year, effect.status, effect.cited_source, effect.assistance_id
