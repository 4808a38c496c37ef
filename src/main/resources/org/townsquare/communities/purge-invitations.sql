update invitation i
set email = null, declined_at = null, revoked_at = coalesce(i.revoked_at, clock_timestamp()), version = i.version + 1, updated_at = clock_timestamp()
from community c
where c.id = i.community_id and i.email is not null
  and (c.deleted_at <= clock_timestamp() - interval '30 days' or i.expires_at <= clock_timestamp() - interval '30 days')
