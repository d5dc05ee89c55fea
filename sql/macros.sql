-- Macros of the published file. They work where the file is opened, not where it is attached.
-- `{{ model }}` stands for the model's own SELECT, so that a macro and its table never differ.

-- The last moment (UTC) at which a thing was known: of a bare date its end in Asia/Jakarta (UTC+7, no summer time).
create macro known_moment(known_at) as
    case
        when length(cast(known_at as varchar)) = 10
            then cast(known_at as timestamp) + interval 17 hour - interval 1 microsecond
        else cast(known_at as timestamp)
    end;

-- mart.coverage as it was known at a moment, all dates. known_at: a date, or a time in UTC.
create macro coverage_known_at(known_at) as table
with
coverage_record as ({{ work.coverage_record }}),

coverage_line as ({{ work.coverage_line }}),

coverage as ({{ mart.coverage }})

select * from coverage;

-- mart.coverage as it was known at a moment: for each region its latest date on or before `as_of`.
-- as_of: a date; known_at: a date, or a time in UTC. Columns as in mart.coverage.
create macro coverage_as_of(as_of, known_at) as table
with
dated as (
    select *, max(as_of_date) over (partition by region_code) as region_date
    from coverage_known_at(known_at)
    where as_of_date <= cast(as_of as date)
)

select * exclude (region_date) from dated where as_of_date = region_date;

-- mart.province_coverage as it was known at a moment, all dates.
create macro province_coverage_known_at(known_at) as table
with
coverage as (select * from coverage_known_at(known_at)),

province_coverage as ({{ mart.province_coverage }})

select * from province_coverage;

-- mart.rival as it was known at a moment.
create macro rival_known_at(known_at) as table
with
coverage_record as ({{ work.coverage_record }}),

coverage_line as ({{ work.coverage_line }}),

rival as ({{ mart.rival }})

select * from rival;

-- mart.freshness as it was known at a moment.
create macro freshness_known_at(known_at) as table
with
freshness as ({{ mart.freshness }})

select * from freshness;

-- What every plan starts from and aims at, as it was known at a moment, beside what was measured on or before `as_of`.
-- Columns as in mart.rpjmd_baseline.
create macro rpjmd_baseline_as_of(as_of, known_at) as table
with
coverage as (select * from coverage_known_at(known_at)),

province_coverage as ({{ mart.province_coverage }}),

region_coverage as ({{ work.region_coverage }}),

plan as ({{ work.plan }}),

rpjmd_baseline as ({{ mart.rpjmd_baseline }})

select * from rpjmd_baseline;

-- Eligible workers in the years of the plans, as they were known at a moment. Columns as in mart.eligible_projection.
create macro eligible_projection_as_of(as_of, known_at) as table
with
coverage as (select * from coverage_known_at(known_at)),

province_coverage as ({{ mart.province_coverage }}),

region_coverage as ({{ work.region_coverage }}),

plan as ({{ work.plan }}),

eligible_projection as ({{ mart.eligible_projection }})

select * from eligible_projection;

-- Target paths as they were known at a moment, from what was measured on or before `as_of`.
-- Columns as in mart.target_path.
create macro target_path_as_of(as_of, known_at) as table
with
coverage as (select * from coverage_known_at(known_at)),

province_coverage as ({{ mart.province_coverage }}),

region_coverage as ({{ work.region_coverage }}),

plan as ({{ work.plan }}),

plan_point as ({{ work.plan_point }}),

eligible_projection as ({{ mart.eligible_projection }}),

target_path as ({{ mart.target_path }})

select * from target_path;

-- Contribution assistance and its effect as they were known at a moment, against what was measured on or before `as_of`.
-- Columns as in mart.assistance_effect.
create macro assistance_effect_as_of(as_of, known_at) as table
with
coverage as (select * from coverage_known_at(known_at)),

province_coverage as ({{ mart.province_coverage }}),

region_coverage as ({{ work.region_coverage }}),

target_path as (select * from target_path_as_of(as_of, known_at)),

assistance_effect as ({{ mart.assistance_effect }})

select * from assistance_effect;

-- mart.published_figure_check as it was known at a moment.
create macro published_figure_check_known_at(known_at) as table
with
coverage as (select * from coverage_known_at(known_at)),

province_coverage as ({{ mart.province_coverage }}),

measured_coverage as ({{ work.measured_coverage }}),

printed_figure as ({{ work.printed_figure }}),

printed_sum as ({{ work.printed_sum }}),

printed_fault as ({{ work.printed_fault }}),

printed_variant as ({{ work.printed_variant }}),

published_figure_cause as ({{ mart.published_figure_cause }}),

published_figure_check as ({{ mart.published_figure_check }})

select * from published_figure_check;
