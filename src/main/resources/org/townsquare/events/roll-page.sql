select a.id, a.participant_id, coalesce(u.name, a.walk_in_name) as name, a.kind, a.source, a.checked_in_at, a.voided_at, a.receipt
from attendance a
left join users u on u.id = a.participant_id
where a.community_id = $1::uuid and a.event_id = $2::uuid and (a.checked_in_at, a.id) > ($3::timestamptz, $4::uuid)
order by a.checked_in_at, a.id
limit $5::int
