-- A try counts before the code is compared, and however that ends. Without a row the caller has no open code; with "spent" it has one that was tried
-- too often.
with open as (
    select id, tries, expires_at from verification
    where user_id = $1::uuid and purpose = 'PHONE' and used_at is null and expires_at > clock_timestamp()
), tried as (
    update verification v
    set tries = v.tries + 1, updated_at = clock_timestamp(), version = v.version + 1
    from open
    where v.id = open.id and v.used_at is null and v.tries < 5
    returning v.id
)
select open.id, not exists (select from tried) as spent,
       greatest(1, (extract(epoch from open.expires_at - clock_timestamp()) * 1000)::bigint) as wait
from open
