update community c
set metadata = '{}', version = version + 1, updated_at = clock_timestamp()
where c.deleted_at <= clock_timestamp() - interval '30 days' and c.metadata <> '{}'
