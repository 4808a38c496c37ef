select a.id
from attendance a
where a.community_id = $1::uuid and a.event_id = $2::uuid and a.voided_at is null and not a.overridden
  and not exists (select from event_seat s where s.attendance_id = a.id)
limit 1
