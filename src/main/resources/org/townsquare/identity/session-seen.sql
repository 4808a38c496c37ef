update session s
set last_seen_at = clock_timestamp(),
    idle_until = clock_timestamp() + case when 'PLATFORM_ADMIN' = any (u.platform_roles) then interval '30 minutes' else interval '7 days' end
from users u
where s.id = $1 and u.id = s.user_id and s.last_seen_at < clock_timestamp() - interval '5 minutes'
