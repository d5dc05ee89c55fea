-- The villages (desa, kelurahan): the reference's, and those that regencies sent as kind `villages`, the latest of each.
-- source: Kepmendagri 300.2.2-2138/2025 for the reference
-- grain: village_code
with
reference as (select * from staging.village),

-- as corrected last
records as (select * from staging.villages_record where known_until is null),

extracts as (select * from staging.extract),

spans as (select * from work.delivery_span where known_until is null),

sent as (
    select
        records.village_code,
        records.name,
        records.kind,
        records.district_name,
        spans.source,
        extracts.extract_id,
        row_number() over (
            partition by records.village_code order by spans.received_at desc, extracts.extract_id, records.sheet_no, records.row
        ) as place
    from records
    join extracts on records.extract_no = extracts.extract_no
    join spans on extracts.extract_id = spans.extract_id
    where not extracts.is_sample
),

villages as (
    select village_code, name, kind, district_name, source, extract_id from sent where place = 1
    union all
    select village_code, name, kind, district_name, 'reference' as source, null as extract_id from reference
    where village_code not in (select village_code from sent)
),

final as (
    select
        village_code,                           -- Kemendagri code, text (35.03.01.2001)
        name,                                   -- name without its class
        kind,                                   -- desa or kelurahan
        district_name,                          -- name of the district (kecamatan)
        left(village_code, 8) as district_code, -- Kemendagri code of the district (35.03.01)
        left(village_code, 5) as region_code,   -- Kemendagri code of the regency (35.03)
        source,                                 -- who sent it: first folder under the inbox; reference: it is known without
        extract_id                              -- sha256 of the workbook that it came in; empty: the reference
    from villages
)

select * from final
