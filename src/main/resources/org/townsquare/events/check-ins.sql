-- check-in.sql for several people at once. An event that somebody else holds at this moment, because it is closed or changed, is passed over, so that nobody waits who
-- comes to another: its check-ins come back with no row, as do all that the gate refuses, and are made alone. Who stands there by name already is found here
-- (again), since in a rush many ask twice.
with asked as materialized (
    select * from unnest($1::varchar[], $2::uuid[], $3::uuid[], $4::varchar[], $5::bytea[], $6::uuid[], $7::int[], $8::timestamptz[], $9::uuid[], $10::varchar[],
                         $11::varchar[], $12::varchar[], $13::varchar[], $14::bytea[], $15::varchar[], $16::varchar[], $17::uuid[], $18::varchar[], $19::uuid[])
        with ordinality as a (code, id, user_id, device, nonce, entry_id, stream, at, actor_id, credential,
                              body, ip, user_agent, salt, suspended, banned, within, active, client_id, n)
), instant as materialized (
    select clock_timestamp() as now
), gate as materialized (
    select a.n, a.id as attendance_id, a.user_id, a.client_id, a.nonce, e.community_id, e.id, e.capacity, e.title, e.start_time, e.time_zone, i.now,
           substring(hmac(convert_to(a.device, 'UTF8'), e.device_pepper, 'sha256') for 16) as device_hash
    from asked a
    cross join instant i
    cross join lateral (select e.* from event e where e.code_text = a.code limit 1) e
    cross join lateral (select c.visibility from community c where c.id = e.community_id and c.deleted_at is null and c.suspended_at is null limit 1) c
    where e.community_id <> all (a.suspended::uuid[]) and (c.visibility = 'PUBLIC' or e.community_id <> all (a.banned::uuid[]))
      and (a.within is null or e.community_id = a.within)
      and (e.admission = 'ANYONE' or (a.user_id is not null and (e.admission = 'SIGNED_IN' or e.community_id = any (a.active::uuid[]))))
      and e.cancelled_at is null and e.state = 'OPEN'
      and (e.opens_at is null or i.now >= e.opens_at) and i.now < e.closes_at
), held as materialized (
    -- in one order everywhere, so that two of these statements do not wait for each other
    select g.*
    from (select * from gate order by id, user_id, device_hash) g
    cross join lateral (
        select from event e where e.id = g.id and e.community_id = g.community_id and (e.capacity is null) = (g.capacity is null)
        for key share skip locked
    ) e
), earlier as materialized (
    select h.n, p.id, p.event_id, p.kind, p.checked_in_at, p.receipt
    from held h
    join attendance p on p.event_id = h.id and p.participant_id = h.user_id and p.voided_at is null and p.kind = 'REGISTERED'
), wanting as materialized (
    -- who gets no place anyway takes none, so that they keep none from others either
    select h.n, h.id as event_id, row_number() over (partition by h.id order by h.n) as turn
    from held h
    where h.capacity is not null
      and not exists (
          select from attendance p where p.event_id = h.id and p.participant_id = h.user_id and (p.voided_at is null or p.expelled)
          union all
          select from attendance d where d.event_id = h.id and d.device_hash = h.device_hash and (d.voided_at is null or d.expelled)
          union all
          select from attendance k where k.event_id = h.id and k.client_id = h.client_id
      )
), seat as materialized (
    select w.event_id, s.seat, row_number() over (partition by w.event_id order by s.seat) as turn
    from (select event_id, count(*) as people from wanting group by event_id) w
    cross join lateral (
        select s.seat from event_seat s
        where s.event_id = w.event_id and s.attendance_id is null
        order by s.seat
        limit w.people
        for update skip locked
    ) s
), placed as materialized (
    select w.n, s.event_id, s.seat from wanting w join seat s on s.event_id = w.event_id and s.turn = w.turn
), attended as (
    insert into attendance (community_id, id, version, created_at, updated_at, event_id, participant_id, kind, checked_in_at, received_at, source,
                            device_hash, client_id, nonce, receipt)
    select h.community_id, h.attendance_id, 0, h.now, h.now, h.id, h.user_id,
           case when h.user_id is null then 'ANONYMOUS' else 'REGISTERED' end, h.now, h.now, 'SELF',
           h.device_hash, h.client_id, h.nonce,
           sha256(convert_to(concat_ws(chr(10), 'townsquare-attendance-1', h.id::text, h.attendance_id::text, coalesce(h.user_id::text, '-'),
                                       to_char(h.now at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                                       rtrim(translate(encode(h.nonce, 'base64'), '+/', '-_'), '=')), 'UTF8'))
    from held h
    where (h.capacity is null or exists (select from placed p where p.n = h.n)) and not exists (select from earlier e where e.n = h.n)
    order by h.id, h.user_id, h.device_hash
    on conflict do nothing
    returning community_id, id, event_id, kind, checked_in_at, receipt
), made as materialized (
    select a.n, t.*, a.entry_id, a.stream, a.at, a.actor_id, a.credential, a.body, a.ip, a.user_agent, a.salt
    from attended t join asked a on a.id = t.id
), taken as (
    update event_seat s set attendance_id = m.id
    from placed p join made m on m.n = p.n
    where s.event_id = p.event_id and s.seat = p.seat
), told as (
    insert into journal_entry (id, stream, at, kind, community_id, subject_type, subject_id, actor_id, credential, body)
    select m.entry_id, m.stream, m.at, 'CheckedIn', m.community_id, 'attendance', m.id, m.actor_id, m.credential,
           convert_to(replace(replace(replace(m.body,
               '00000000-0000-0000-0000-000000000001', m.community_id::text),
               '00000000-0000-0000-0000-000000000002', m.event_id::text),
               repeat('A', 43), rtrim(translate(encode(m.receipt, 'base64'), '+/', '-_'), '=')), 'UTF8')
    from made m
), origin as (
    insert into journal_origin (entry_id, ip, user_agent, salt)
    select m.entry_id, m.ip, m.user_agent, m.salt from made m where m.ip is not null
)
select h.n, a.n is not null as done, a.again, a.id, a.event_id, a.kind, a.checked_in_at, a.receipt, h.title, h.start_time, h.time_zone
from held h
left join (
    select m.n, false as again, m.id, m.event_id, m.kind, m.checked_in_at, m.receipt from made m
    union all
    select e.n, true, e.id, e.event_id, e.kind, e.checked_in_at, e.receipt from earlier e
) a on a.n = h.n
