-- gate: a late call, and one of somebody who is barred there, is filtered out before it locks; the lock lets other voters pass and holds off the closer until this commits.
-- ready: its clock is read after the lock. A vote put again with the same choice updates nothing and returns no row.
with gate as materialized (
    select p.community_id, p.id, p.closes_at from proposal p
    where p.id = $1::uuid and p.status = 'VOTING' and p.closes_at > clock_timestamp() and p.community_id = any ($16::uuid[])
    for key share
), ready as materialized (
    select g.community_id, g.id, g.closes_at, e.user_id, e.weight, clock_timestamp() as now
    from gate g join elector e on e.electorate_id = g.id and e.user_id = $2::uuid
), cast_vote as (
    insert into vote as v (community_id, id, version, created_at, updated_at, proposal_id, user_id, weight, choice, cast_at, revision, nonce, receipt)
    select r.community_id, $3::uuid, 0, r.now, r.now, r.id, r.user_id, r.weight, $4::varchar, r.now, 0, $5::bytea, $6::bytea
    from ready r where r.now < r.closes_at
    on conflict (proposal_id, user_id) do update
        set choice = excluded.choice, cast_at = greatest(v.cast_at, excluded.cast_at), updated_at = greatest(v.cast_at, excluded.cast_at),
            nonce = excluded.nonce, receipt = excluded.receipt, revision = v.revision + 1, version = v.version + 1
        where v.choice is distinct from excluded.choice
          -- of as many changes as a minute may have ($17), the first is that old; one that this statement cannot see yet is younger
          and ($17::int = 0 or v.revision < $17::int or excluded.cast_at - interval '1 minute' >=
              coalesce((select h.cast_at from vote_change h where h.vote_id = v.id and h.revision = v.revision - $17::int + 1), v.cast_at))
    returning v.community_id, v.id, v.choice, v.cast_at, v.receipt, v.revision, case when v.revision = 0 then 'VoteCast' else 'VoteChanged' end as kind
), told as (
    insert into journal_entry (id, stream, at, community_id, kind, subject_type, subject_id, actor_id, credential, body)
    select $7::uuid, $8::int, $9::timestamptz, v.community_id, v.kind, 'vote', v.id, $10::uuid, $11::varchar,
           convert_to(replace(replace(replace($12::varchar, '00000000-0000-0000-0000-000000000001', v.community_id::text),
               '00000000-0000-0000-0000-000000000002', v.id::text), '"kind":"VoteCast"', '"kind":"' || v.kind || '"'), 'UTF8')
    from cast_vote v
), origin as (
    insert into journal_origin (entry_id, ip, user_agent, salt)
    select $7::uuid, $13::varchar, $14::varchar, $15::bytea from cast_vote where $13::varchar is not null
)
select choice, cast_at, receipt, revision = 0 as first from cast_vote
