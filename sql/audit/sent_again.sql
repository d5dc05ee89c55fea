-- The same bytes sent again by one source, under another name or where their figures are not in force; or by another
-- source after they were withdrawn: nothing was loaded. And how to bring the figures back.
-- severity: warning
with
receipts as (select * from meta.receipt where kind = 'extract'),

extracts as (select * from meta.extract),

first_arrivals as (
    select source, sha256, min_by(file_name, received_at) as file_name
    from receipts
    where outcome = 'new'
    group by source, sha256
),

withdrawn as (
    select extracts.extract_id, max(withdrawals.received_at) as withdrawn_at
    from extracts
    join meta.receipt as withdrawals on extracts.extract_id = withdrawals.sha256 and withdrawals.kind = 'withdrawal'
    where extracts.status = 'withdrawn'
    group by extracts.extract_id
),

again as (
    select
        receipts.source, receipts.sha256, receipts.file_name, receipts.outcome, receipts.received_at,
        first_arrivals.file_name as first_file_name
    from receipts
    join first_arrivals on receipts.source = first_arrivals.source and receipts.sha256 = first_arrivals.sha256
    left join withdrawn on receipts.sha256 = withdrawn.extract_id
    where receipts.outcome = 'duplicate' or (receipts.outcome = 'new' and receipts.received_at > withdrawn.withdrawn_at)
),

loaded as (
    select cell_values.extract_id, cell_values.source, cell_values.region_code, cell_values.as_of_date
    from core.coverage_value as cell_values
    join again on cell_values.extract_id = again.sha256 and cell_values.source = again.source
    where cell_values.known_until is null
    group by cell_values.extract_id, cell_values.source, cell_values.region_code, cell_values.as_of_date
),

-- whose figures are in force where the extract has some
holders as (
    select distinct
        loaded.extract_id, loaded.source,
        unnest([
            lines.eligible_workers_received_at, lines.active_members_received_at, lines.reported_coverage_pct_received_at
        ]) as received_at
    from loaded
    left join work.coverage_line as lines
        on loaded.region_code = lines.region_code and loaded.as_of_date = lines.as_of_date and lines.is_in_force
),

outcomes as (
    select
        holders.extract_id, holders.source,
        coalesce(bool_or(receipts.sha256 = holders.extract_id and receipts.source = holders.source), false) as is_in_force,
        string_agg(
            distinct case when receipts.source = holders.source
                then receipts.file_name || ' (ucj withdraw ' || left(receipts.sha256, 12) || ' --reason ...)' end,
            ' and '
        ) as revisions
    from holders
    left join receipts on holders.received_at = receipts.received_at
    group by holders.extract_id, holders.source
)

select
    again.file_name || ' (' || again.source || ')' as place,
    case
        when again.outcome = 'duplicate' then 'the same bytes as ' || again.first_file_name || '; nothing was loaded again'
        else 'its bytes came before and were withdrawn; nothing is loaded'
    end
    || case
        when withdrawn.extract_id is not null
            then ', and its figures are withdrawn: ucj withdraw ' || left(again.sha256, 12) || ' --undo brings them back'
        when not outcomes.is_in_force and outcomes.revisions is not null
            then ', and its figures are not in force: to bring them back, withdraw what revised them: ' || outcomes.revisions
        when not outcomes.is_in_force
            then ', and its figures are not in force: another source goes before (mart.rival), or they are set aside'
        else ''
    end as reason
from again
left join withdrawn on again.sha256 = withdrawn.extract_id
left join outcomes on again.sha256 = outcomes.extract_id and again.source = outcomes.source
where again.file_name <> again.first_file_name or withdrawn.extract_id is not null or not outcomes.is_in_force
