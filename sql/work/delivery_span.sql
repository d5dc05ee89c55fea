-- For how long each delivery stood: from its arrival, and where its extract was withdrawn, until then; again from
-- where it was brought back. A withdrawal is about the bytes, whoever sent them. Not published: a step on the way to
-- the values.
-- grain: extract_id, source, known_from
with
deliveries as (
    -- the same bytes from another source are that source's figures too
    select
        sha256 as extract_id,
        source,
        min(received_at) as received_at
    from staging.receipt
    where kind = 'extract' and outcome = 'new'
    group by sha256, source
),

withdrawals as (
    select
        sha256 as extract_id,
        outcome,
        received_at,
        lead(received_at) over (partition by sha256 order by received_at) as next_received_at
    from staging.receipt
    where kind = 'withdrawal'
),

spans as (
    select
        deliveries.*,
        deliveries.received_at as known_from,
        first_withdrawals.withdrawn_at as known_until
    from deliveries
    left join (select extract_id, min(received_at) as withdrawn_at from withdrawals group by extract_id) as first_withdrawals
        on deliveries.extract_id = first_withdrawals.extract_id
    union all
    select
        deliveries.*,
        case when withdrawals.received_at > deliveries.received_at then withdrawals.received_at else deliveries.received_at end
            as known_from,
        withdrawals.next_received_at as known_until
    from deliveries
    join withdrawals on deliveries.extract_id = withdrawals.extract_id
    where withdrawals.outcome = 'brought back'
),

final as (
    select
        extract_id,     -- sha256 of the workbook
        source,         -- who sent it: first folder under the inbox
        received_at,    -- UTC: when it came
        known_from,     -- UTC: from when it stood
        known_until     -- UTC: when it was withdrawn; empty: it stands
    from spans
    where known_until is null or known_until > known_from
)

select * from final
