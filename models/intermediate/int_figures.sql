-- Figures that facts are built from: those of current documents, corrected, without the rejected ones.
-- One row per figure.
{{ config(materialized='view') }}
select * from {{ ref('int_all_figures') }}
where not is_rejected
