select e.community_id, c.visibility = 'PRIVATE' as private, c.suspended_at is not null as frozen,
       e.id as event_id, e.title, e.start_time, e.time_zone, e.state, e.cancelled_at, e.opens_at, e.closes_at, i.now,
       e.capacity is not null as limited,
       e.capacity is not null and exists (select from event_seat s where s.event_id = e.id and s.attendance_id is null) as seat_free,
       a.id, a.participant_id is not distinct from $2::uuid and a.kind = $4::varchar as same_person,
       a.kind, a.checked_in_at, a.receipt
from (select clock_timestamp() as now) i
cross join event e
join community c on c.id = e.community_id and c.deleted_at is null
left join lateral (
    select f.* from (
        select 1 as rank, p.* from attendance p where p.event_id = e.id and p.participant_id = $2::uuid
        union all
        select 2, d.* from attendance d
        where d.event_id = e.id
          and d.device_hash = substring(hmac(convert_to($3::varchar, 'UTF8'), e.device_pepper, 'sha256') for 16)
    ) f
    order by f.rank
    limit 1
) a on true
where e.code_text = $1::varchar
