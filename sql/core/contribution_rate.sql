-- What a non-wage worker's (BPU) contribution costs a month, by programme, sector and payer, with its dates.
-- source: schemas/reference/contribution_rates.csv (reviewed)
-- grain: programme, sector, payer, valid_from
with
rates as (select * from staging.contribution_rate),

final as (
    select
        programme,          -- JKK (work accident), JKM (death) or JHT (old age)
        sector,             -- transport or other
        payer,              -- self, or government (APBN, APBD)
        valid_from,         -- first day
        valid_until,        -- last day; empty: still valid
        rupiah_per_month,   -- rupiah a person a month
        legal_basis         -- regulation that sets it
    from rates
)

select * from final
