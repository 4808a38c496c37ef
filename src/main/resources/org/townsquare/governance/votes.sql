-- vote.sql for several voters at once, none of whom is there twice for a proposal. A proposal that somebody else holds at this moment, because it is closed or
-- changed, is passed over, so that nobody waits who votes on another: its votes come back with no row, and are cast alone.
with asked as materialized (
    select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::varchar[], $5::bytea[], $6::bytea[], $7::uuid[], $8::int[], $9::timestamptz[], $10::uuid[],
                         $11::varchar[], $12::varchar[], $13::varchar[], $14::varchar[], $15::bytea[], $16::varchar[], $17::int[])
        with ordinality as a (proposal_id, user_id, id, choice, nonce, receipt, entry_id, stream, at, actor_id,
                              credential, body, ip, user_agent, salt, unbarred, per_minute, n)
), gate as materialized (
    -- in one order everywhere, so that two of these statements do not wait for each other
    select a.n, p.*
    from (select * from asked order by proposal_id, user_id) a
    cross join lateral (
        select p.community_id, p.id, p.closes_at from proposal p
        where p.id = a.proposal_id and p.status = 'VOTING' and p.closes_at > clock_timestamp() and p.community_id = any (a.unbarred::uuid[])
        for key share skip locked
    ) p
), ready as materialized (
    select a.*, g.community_id, g.closes_at, e.weight, clock_timestamp() as now
    from gate g
    join asked a on a.n = g.n
    cross join lateral (select e.weight from elector e where e.electorate_id = g.id and e.user_id = a.user_id limit 1) e
), cast_vote as (
    insert into vote as v (community_id, id, version, created_at, updated_at, proposal_id, user_id, weight, choice, cast_at, revision, nonce, receipt)
    select r.community_id, r.id, 0, r.now, r.now, r.proposal_id, r.user_id, r.weight, r.choice, r.now, 0, r.nonce, r.receipt
    from ready r where r.now < r.closes_at
    order by r.proposal_id, r.user_id
    on conflict (proposal_id, user_id) do update
        set choice = excluded.choice, cast_at = greatest(v.cast_at, excluded.cast_at), updated_at = greatest(v.cast_at, excluded.cast_at),
            nonce = excluded.nonce, receipt = excluded.receipt, revision = v.revision + 1, version = v.version + 1
        where v.choice is distinct from excluded.choice
          -- the limit of the service, the same for all of them
          and (($17::int[])[1] = 0 or v.revision < ($17::int[])[1] or excluded.cast_at - interval '1 minute' >=
              coalesce((select h.cast_at from vote_change h where h.vote_id = v.id and h.revision = v.revision - ($17::int[])[1] + 1), v.cast_at))
    returning v.community_id, v.id, v.proposal_id, v.user_id, v.choice, v.cast_at, v.receipt, v.revision,
              case when v.revision = 0 then 'VoteCast' else 'VoteChanged' end as kind
), written as materialized (
    select v.*, a.n, a.entry_id, a.stream, a.at, a.actor_id, a.credential, a.body, a.ip, a.user_agent, a.salt
    from cast_vote v join asked a on a.proposal_id = v.proposal_id and a.user_id = v.user_id
), told as (
    insert into journal_entry (id, stream, at, community_id, kind, subject_type, subject_id, actor_id, credential, body)
    select w.entry_id, w.stream, w.at, w.community_id, w.kind, 'vote', w.id, w.actor_id, w.credential,
           convert_to(replace(replace(replace(w.body, '00000000-0000-0000-0000-000000000001', w.community_id::text),
               '00000000-0000-0000-0000-000000000002', w.id::text), '"kind":"VoteCast"', '"kind":"' || w.kind || '"'), 'UTF8')
    from written w
), origin as (
    insert into journal_origin (entry_id, ip, user_agent, salt)
    select w.entry_id, w.ip, w.user_agent, w.salt from written w where w.ip is not null
)
select g.n, w.n is not null as done, w.choice, w.cast_at, w.receipt, w.revision = 0 as first
from gate g left join written w on w.n = g.n
