select e.community_id, c.visibility = 'PRIVATE' as private, c.suspended_at is not null as frozen,
       e.id as event_id, e.title, e.start_time, e.time_zone, e.state, e.cancelled_at, e.opens_at, e.closes_at, i.now, e.admission,
       e.capacity is not null as limited,
       e.capacity is not null and exists (select from event_seat s where s.event_id = e.id and s.attendance_id is null) as seat_free,
       a.standing, a.id, a.participant_id is not distinct from $2::uuid and a.kind = $4::varchar as same_person,
       a.kind, a.checked_in_at, a.receipt
from (select clock_timestamp() as now) i
cross join event e
join community c on c.id = e.community_id and c.deleted_at is null
cross join lateral (
    select substring(hmac(convert_to($3::varchar, 'UTF8'), e.device_pepper, 'sha256') for 16) as hash
) device
left join lateral (
    select f.* from (
        select 1 as rank, case when p.voided_at is null then 'STANDS' else 'VOIDED' end as standing, p.* from attendance p
        where p.event_id = e.id and p.participant_id = $2::uuid and (p.voided_at is null or p.expelled)
        union all
        select 2, case when d.voided_at is null then 'STANDS' else 'VOIDED' end, d.* from attendance d
        where d.event_id = e.id and d.device_hash = device.hash and (d.voided_at is null or d.expelled)
        union all
        select 3, case when k.participant_id is distinct from $2::uuid or k.kind <> $4::varchar then 'OTHERS'
                       when k.voided_at is null then 'STANDS' else 'VOIDED' end, k.*
        from attendance k
        where k.event_id = e.id and k.client_id = $5::uuid
    ) f
    order by f.rank
    limit 1
) a on true
where e.code_text = $1::varchar
