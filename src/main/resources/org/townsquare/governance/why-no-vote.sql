-- told: the vote with this choice, also where the same voter has changed it meanwhile
-- wait: the seconds until another change ($5 a minute) is taken, where this is one; since it was refused they may have passed
select p.community_id, p.voting_started_at is not null as opened,
       p.status <> 'VOTING' or p.closes_at <= clock_timestamp() as closed,
       e.user_id is not null as elector, told.choice, told.cast_at, told.receipt, crowd.wait
from proposal p
left join elector e on e.electorate_id = p.id and e.user_id = $2
left join lateral (
    select x.choice, x.cast_at, x.receipt
    from (
        select v.choice, v.cast_at, v.receipt, v.revision from vote v
        where v.proposal_id = p.id and v.user_id = $2
        union all
        select h.choice, h.cast_at, h.receipt, h.revision from vote v join vote_change h on h.vote_id = v.id
        where v.proposal_id = p.id and v.user_id = $2
    ) x
    where x.choice = $3::varchar
    order by x.revision desc limit 1
) told on true
left join lateral (
    select ceil(extract(epoch from coalesce((select h.cast_at from vote_change h where h.vote_id = v.id and h.revision = v.revision - $5::int + 1), v.cast_at)
        + interval '1 minute' - clock_timestamp()))::int as wait
    from vote v
    where v.proposal_id = p.id and v.user_id = $2 and $5::int > 0 and v.revision >= $5::int and v.choice is distinct from $3::varchar
) crowd on true
where p.id = $1 and (p.status <> 'DRAFT' and p.outcome_reason is distinct from 'DISCARDED' or p.author_id = $2)
  -- who has left keeps the vote of an electorate that they are in
  and (community_visible_to(p.community_id, $2) or e.user_id is not null and p.community_id = any ($4::uuid[]))
