with past as (
    update event set device_pepper = null
    where device_pepper is not null
      and start_time + duration_minutes * interval '1 minute' < clock_timestamp() - interval '7 days'
      and closes_at < clock_timestamp()
    returning community_id, id
)
update attendance a set device_hash = null
from past p
where a.community_id = p.community_id and a.event_id = p.id and a.device_hash is not null
