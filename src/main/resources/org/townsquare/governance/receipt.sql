select x.revision, x.cast_at, x.counted
from (
    select v.revision, v.cast_at, v.choice is not null as counted
    from vote v where v.receipt = $2::bytea and v.proposal_id = $1::uuid
    union all
    select h.revision, h.cast_at, false
    from vote_change h join vote v on v.community_id = h.community_id and v.id = h.vote_id
    where h.receipt = $2::bytea and v.proposal_id = $1::uuid
) x
