-- The lock is let go with the transaction. The look may be older than the lock, which the primary key finds out.
select pg_try_advisory_xact_lock($1::bigint) as obtained, k.fingerprint, k.status, k.headers::text, k.body
from (select 1) as one
left join idempotency_key k
    on k.principal_id = $2::uuid and k.route = $3::varchar and k.key = $4::uuid and k.expires_at > clock_timestamp()
