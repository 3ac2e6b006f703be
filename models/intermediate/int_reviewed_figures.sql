-- Figures with the meaning that a reviewer gave them (更正含义) where a decision in force says so, else as they were read.
-- One row per figure of every version of a document.
{{ config(materialized='view') }}
with

figures as (

    select * from {{ ref('stg_raw__figures') }}

),

meanings as (

    select
        figure_id,
        corrected_meaning
    from {{ ref('int_reviews') }}
    where state = 'in_force' and corrected_meaning is not null

)

select
    figures.* exclude (
        fiscal_year,
        measure,
        programme,
        residence,
        care,
        fund_source,
        spending_type,
        stage,
        unit,
        per,
        item,
        variant,
        indicator
    ),
    cast({{ reviewed('fiscal_year') }} as integer) as fiscal_year,
    {{ reviewed('measure') }} as measure,
    {{ reviewed('programme') }} as programme,
    {{ reviewed('residence') }} as residence,
    {{ reviewed('care') }} as care,
    {{ reviewed('fund_source') }} as fund_source,
    {{ reviewed('spending_type') }} as spending_type,
    {{ reviewed('stage') }} as stage,
    {{ reviewed('unit') }} as unit,
    {{ reviewed('per') }} as per,
    {{ reviewed('item') }} as item,
    {{ reviewed('variant') }} as variant,
    {{ reviewed('indicator') }} as indicator
from figures
left join meanings on figures.figure_id = meanings.figure_id
