-- gate and ready as in vote.sql; a vote that is withdrawn already is left as it is
with gate as materialized (
    select p.id, p.closes_at from proposal p
    where p.id = $1::uuid and p.status = 'VOTING' and p.closes_at > clock_timestamp() and p.community_id = any ($5::uuid[])
    for key share
), ready as materialized (
    select g.id, g.closes_at, clock_timestamp() as now from gate g
)
update vote v
set choice = null, cast_at = greatest(v.cast_at, r.now), updated_at = greatest(v.cast_at, r.now),
    nonce = $3::bytea, receipt = $4::bytea, revision = v.revision + 1, version = v.version + 1
from ready r
where v.proposal_id = r.id and v.user_id = $2::uuid and v.choice is not null and r.now < r.closes_at
  and ($6::int = 0 or v.revision < $6::int or r.now - interval '1 minute' >=
      coalesce((select h.cast_at from vote_change h where h.vote_id = v.id and h.revision = v.revision - $6::int + 1), v.cast_at))
returning v.community_id, v.id
