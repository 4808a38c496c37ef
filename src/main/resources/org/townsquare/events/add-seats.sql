insert into event_seat (community_id, event_id, seat)
select $1::uuid, $2::uuid, n + coalesce((select max(s.seat) from event_seat s where s.event_id = $2::uuid), 0)
from generate_series(1, $3::int) n
