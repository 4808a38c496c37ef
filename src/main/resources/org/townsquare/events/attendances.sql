-- A page of the attendances of an event ($2) that the viewer ($1) sees, in the order of time, from behind one ($3, $4) on: all of them where the viewer may
-- read them all ($6: in these communities), elsewhere the own one alone, which an index of its own finds. Of which community they are is asked
-- outside: inside it would lead the planner to read all of the community's. $7 is the only community that the viewer's credential is for.
select a.id, a.participant_id, u.name, a.walk_in_name, a.kind, a.source, a.overridden, a.checked_in_at, a.voided_at, a.receipt
from event e
join community c on c.id = e.community_id
cross join lateral (
    (select o.* from attendance o
     where e.community_id = any ($6::uuid[]) and o.event_id = e.id and (o.checked_in_at, o.id) > ($3::timestamptz, $4::uuid)
     order by o.checked_in_at, o.id
     limit $5::int)
    union all
    (select o.* from attendance o
     where e.community_id <> all ($6::uuid[]) and o.event_id = e.id and o.participant_id = $1::uuid
       and (o.checked_in_at, o.id) > ($3::timestamptz, $4::uuid)
     order by o.checked_in_at, o.id
     limit $5::int)
) a
left join users u on u.id = a.participant_id
where e.id = $2::uuid and a.community_id = e.community_id and ($7::uuid is null or $7::uuid = e.community_id)
  and c.deleted_at is null
  and (c.visibility = 'PUBLIC' and c.suspended_at is null
       or exists (select from member m where m.community_id = c.id and m.user_id = $1::uuid and m.status in ('ACTIVE', 'SUSPENDED')))
order by a.checked_in_at, a.id
limit $5::int
