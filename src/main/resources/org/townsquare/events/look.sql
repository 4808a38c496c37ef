select e.id as event_id, e.title, e.start_time, e.time_zone, e.state, e.cancelled_at, e.opens_at, e.closes_at, i.now,
       e.capacity is not null as limited,
       e.capacity is not null and exists (select from event_seat s where s.event_id = e.id and s.attendance_id is null) as seat_free,
       a.id, a.event_id = e.id as here, a.participant_id is not distinct from $2::uuid and a.kind = $5::varchar as same_person,
       a.kind, a.checked_in_at, a.receipt, a.by_key
from (select clock_timestamp() as now) i
cross join event e
left join lateral (
    select f.* from (
        select 1 as rank, true as by_key, k.* from attendance k where k.client_id = $4::uuid
        union all
        select 2, false, p.* from attendance p where p.event_id = e.id and p.participant_id = $2::uuid
        union all
        select 3, false, d.* from attendance d
        where d.event_id = e.id
          and d.device_hash = substring(hmac(convert_to($3::varchar, 'UTF8'), e.device_pepper, 'sha256') for 16)
    ) f
    order by f.rank
    limit 1
) a on true
where e.code_text = $1::varchar
