with instant as materialized (
    select clock_timestamp() as now
), gate as materialized (
    select e.community_id, e.id, e.capacity, e.title, e.start_time, e.time_zone, i.now,
           substring(hmac(convert_to($4::varchar, 'UTF8'), e.device_pepper, 'sha256') for 16) as device_hash
    from instant i, event e
    join community c on c.id = e.community_id and c.deleted_at is null and c.suspended_at is null
    where e.community_id <> all ($15::uuid[]) and (c.visibility = 'PUBLIC' or e.community_id <> all ($16::uuid[]))
      and ($17::uuid is null or e.community_id = $17::uuid)
      and (e.admission = 'ANYONE' or ($3::uuid is not null and (e.admission = 'SIGNED_IN' or e.community_id = any ($18::uuid[]))))
      and e.code_text = $1::varchar and e.cancelled_at is null and e.state = 'OPEN'
      and (e.opens_at is null or i.now >= e.opens_at) and i.now < e.closes_at
), held as materialized (
    -- the event stays until this ends, and whether its places are counted
    select g.*
    from gate g join event e on e.community_id = g.community_id and e.id = g.id
    where (e.capacity is null) = (g.capacity is null)
    for key share of e
), seat as materialized (
    -- the event's id as a single value, not as a join, so that the index gives the first free place without a sort
    select s.event_id, s.seat
    from event_seat s
    where s.event_id = (select h.id from held h where h.capacity is not null) and s.attendance_id is null
      -- who gets none anyway takes no place, so they must not keep one from others either
      and not exists (select from held g, lateral (
          select from attendance p where p.event_id = g.id and p.participant_id = $3::uuid and (p.voided_at is null or p.expelled)
          union all
          select from attendance d where d.event_id = g.id and d.device_hash = g.device_hash and (d.voided_at is null or d.expelled)
          union all
          select from attendance k where k.event_id = g.id and k.client_id = $19::uuid
      ) earlier where g.capacity is not null)
    order by s.seat
    limit 1
    for update of s skip locked
), attended as (
    insert into attendance (community_id, id, version, created_at, updated_at, event_id, participant_id, kind, checked_in_at, received_at, source,
                            device_hash, client_id, nonce, receipt)
    select g.community_id, $2::uuid, 0, g.now, g.now, g.id, $3::uuid,
           case when $3::uuid is null then 'ANONYMOUS' else 'REGISTERED' end, g.now, g.now, 'SELF',
           g.device_hash, $19::uuid, $5::bytea,
           sha256(convert_to(concat_ws(chr(10), 'townsquare-attendance-1', g.id::text, $2::uuid::text, coalesce($3::uuid::text, '-'),
                                       to_char(g.now at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                                       rtrim(translate(encode($5::bytea, 'base64'), '+/', '-_'), '=')), 'UTF8'))
    from held g
    where g.capacity is null or exists (select from seat)
    on conflict do nothing
    returning community_id, id, event_id, kind, checked_in_at, receipt
), taken as (
    update event_seat s set attendance_id = a.id
    from attended a, seat t
    where s.event_id = t.event_id and s.seat = t.seat
), told as (
    insert into journal_entry (id, stream, at, kind, community_id, subject_type, subject_id, actor_id, credential, body)
    select $6::uuid, $7::int, $8::timestamptz, 'CheckedIn', a.community_id, 'attendance', a.id, $9::uuid, $10::varchar,
           convert_to(replace(replace(replace($11::varchar,
               '00000000-0000-0000-0000-000000000001', a.community_id::text),
               '00000000-0000-0000-0000-000000000002', a.event_id::text),
               repeat('A', 43), rtrim(translate(encode(a.receipt, 'base64'), '+/', '-_'), '=')), 'UTF8')
    from attended a
), origin as (
    insert into journal_origin (entry_id, ip, user_agent, salt)
    select $6::uuid, $12::varchar, $13::varchar, $14::bytea from attended where $12::varchar is not null
)
select false as again, a.id, a.event_id, a.kind, a.checked_in_at, a.receipt, g.title, g.start_time, g.time_zone
from attended a, gate g
-- gate: $15 are the communities that have suspended the caller, $16 those that have banned them, $17 the only one that their credential is for,
-- $18 those whose active member they are
