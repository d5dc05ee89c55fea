-- The cells of printed figures that do not hold.
-- grain: published_figure_id
select
    printed.published_figure_id, printed.extract_id, printed.sheet, printed.coverage_pct_cell,
    printed.active_members_cell, printed.eligible_workers_cell
from core.published_figure as printed
join mart.published_figure_check as checked on printed.published_figure_id = checked.published_figure_id
where checked.verdict in ('contradicted', 'undecided')
