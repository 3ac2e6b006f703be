-- Spending, payouts and people per resident (人均), with the basis and vintage of the population that they are divided by.
-- One row per fact and kind of population.
select * from {{ ref('int_per_resident') }}
