-- The regions: 38 provinces and 514 regencies.
-- source: Kepmendagri 300.2.2-2138/2025; BPS codes from BPS
-- grain: region_code
with
regions as (select * from staging.region),

final as (
    select
        region_code,                                                    -- Kemendagri code, text (35.03)
        bps_code,                                                       -- BPS code, text (3503); empty where BPS has none yet
        name,                                                           -- official name with its class (Kabupaten Trenggalek)
        kind,                                                           -- provinsi, kabupaten or kota
        case when kind <> 'provinsi' then province_code end as parent_code, -- code of the region above; empty for a province
        province_code                                                   -- code of the province (35)
    from regions
)

select * from final
