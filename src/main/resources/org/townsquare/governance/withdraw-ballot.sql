-- the participation goes first, as it comes first in a ballot that is cast: who waits there sees what the other did.
-- It is a change: of $13 a minute.
with gate as materialized (
    select q.id, q.closes_at from question q
    where q.id = $1::uuid and q.state = 'OPEN' and q.closes_at > clock_timestamp() and q.community_id = any ($12::uuid[])
    for key share
), part as (
    delete from participation p using gate g
    where p.question_id = g.id and p.user_id = $2::uuid and clock_timestamp() < g.closes_at and ballot_wait(p.question_id, p.user_id, $13::int) is null
    returning p.question_id, p.user_id
), withdrawn as (
    delete from ballot b using part p where b.question_id = p.question_id and b.user_id = p.user_id
    returning b.community_id, b.id, b.question_id, b.user_id
), pace as (
    insert into ballot_pace as c (community_id, question_id, user_id, changed_at)
    select b.community_id, b.question_id, b.user_id, array[clock_timestamp()] from withdrawn b where $13::int > 0
    on conflict (question_id, user_id) do update set changed_at = (c.changed_at || excluded.changed_at)[greatest(1, cardinality(c.changed_at) + 2 - $13::int):]
), told as (
    insert into journal_entry (id, stream, at, community_id, kind, subject_type, subject_id, actor_id, credential, body)
    select $3::uuid, $4::int, $5::timestamptz, b.community_id, 'BallotWithdrawn', 'ballot', b.id, $6::uuid, $7::varchar,
           convert_to(replace(replace($8::varchar, '00000000-0000-0000-0000-000000000001', b.community_id::text),
               '00000000-0000-0000-0000-000000000002', b.id::text), 'UTF8')
    from withdrawn b
), origin as (
    insert into journal_origin (entry_id, ip, user_agent, salt)
    select $3::uuid, $9::varchar, $10::varchar, $11::bytea from withdrawn where $9::varchar is not null
)
select id from withdrawn
