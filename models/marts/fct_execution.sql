-- Budget execution (预算执行): each stated rate beside the rate recomputed on its basis, and the rates that no report states.
-- One row per department, year, programme, fund source, spending type, item, account code, basis and stated rate.
select * from {{ ref('int_executions') }}
