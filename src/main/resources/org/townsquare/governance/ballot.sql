-- gate: a late call, and one of somebody who is barred there, is filtered out before it locks; the lock lets other voters pass and holds off the closer until this commits.
-- ready: its clock is read after the lock. part: written again by every call, so that what one member does to their ballot at once comes one after the other,
-- a withdrawal too, which begins there. A ballot put again with the same marks updates nothing and returns no row; so does a change too many ($16 a minute).
with gate as materialized (
    select q.community_id, q.id, q.secrecy, q.closes_at from question q
    where q.id = $1::uuid and q.state = 'OPEN' and q.closes_at > clock_timestamp() and q.community_id = any ($15::uuid[])
    for key share
), ready as materialized (
    select g.community_id, g.id, g.secrecy, g.closes_at, e.user_id, e.weight, clock_timestamp() as now
    from gate g join elector e on e.electorate_id = g.id and e.user_id = $2::uuid
), part as (
    insert into participation as p (community_id, question_id, user_id, first_cast_at)
    select r.community_id, r.id, r.user_id, r.now from ready r where r.now < r.closes_at
    on conflict (question_id, user_id) do update set first_cast_at = p.first_cast_at
    returning p.user_id
), cast_ballot as (
    insert into ballot as b (community_id, id, question_id, secrecy, user_id, weight, marks, cast_at, revision, nonce, receipt)
    select r.community_id, gen_random_uuid(), r.id, r.secrecy, r.user_id, r.weight, $3::smallint[], r.now, 0, $4::bytea, $5::bytea
    from ready r join part p on p.user_id = r.user_id
    on conflict (question_id, user_id) where user_id is not null do update
        set marks = excluded.marks, cast_at = greatest(b.cast_at, excluded.cast_at), nonce = excluded.nonce, receipt = excluded.receipt, revision = b.revision + 1
        where b.marks is distinct from excluded.marks and ballot_wait(b.question_id, b.user_id, $16::int) is null
    returning b.community_id, b.id, b.question_id, b.user_id, b.cast_at, b.receipt, b.revision, case when b.revision = 0 then 'BallotCast' else 'BallotChanged' end as kind
), pace as (
    insert into ballot_pace as c (community_id, question_id, user_id, changed_at)
    select b.community_id, b.question_id, b.user_id, array[b.cast_at] from cast_ballot b where b.revision > 0 and $16::int > 0
    on conflict (question_id, user_id) do update set changed_at = (c.changed_at || excluded.changed_at)[greatest(1, cardinality(c.changed_at) + 2 - $16::int):]
), told as (
    insert into journal_entry (id, stream, at, community_id, kind, subject_type, subject_id, actor_id, credential, body)
    select $6::uuid, $7::int, $8::timestamptz, b.community_id, b.kind, 'ballot', b.id, $9::uuid, $10::varchar,
           convert_to(replace(replace(replace($11::varchar, '00000000-0000-0000-0000-000000000001', b.community_id::text),
               '00000000-0000-0000-0000-000000000002', b.id::text), '"kind":"BallotCast"', '"kind":"' || b.kind || '"'), 'UTF8')
    from cast_ballot b
), origin as (
    insert into journal_origin (entry_id, ip, user_agent, salt)
    select $6::uuid, $12::varchar, $13::varchar, $14::bytea from cast_ballot where $12::varchar is not null
)
select cast_at, receipt, revision = 0 as first from cast_ballot
