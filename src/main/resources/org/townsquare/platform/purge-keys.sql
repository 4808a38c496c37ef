delete from idempotency_key
where (principal_id, route, key) in (
    select principal_id, route, key from idempotency_key
    where expires_at <= clock_timestamp()
    order by expires_at
    limit $1::int
    for update skip locked
)
