-- The release before this one, if there was one, names and types only.
-- One row, or none where there was no release before.
select release from {{ source('raw', 'previous_releases') }}
