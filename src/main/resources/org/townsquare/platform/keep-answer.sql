insert into idempotency_key (principal_id, route, key, fingerprint, status, headers, body, expires_at)
values ($1::uuid, $2::varchar, $3::uuid, $4::bytea, $5::int, $6::varchar::jsonb, $7::varchar,
        clock_timestamp() + make_interval(secs => $8::bigint))
on conflict on constraint idempotency_key_pk do update
set fingerprint = excluded.fingerprint, status = excluded.status, headers = excluded.headers, body = excluded.body,
    expires_at = excluded.expires_at
where idempotency_key.expires_at <= clock_timestamp()
