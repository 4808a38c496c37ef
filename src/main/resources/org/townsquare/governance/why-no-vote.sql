select p.voting_started_at is null as never_opened,
       p.status <> 'VOTING' or p.closes_at <= clock_timestamp() as closed,
       e.user_id is not null as elector, v.choice, v.cast_at, v.receipt
from proposal p
join community c on c.id = p.community_id
left join elector e on e.electorate_id = p.id and e.user_id = $2
left join vote v on v.proposal_id = p.id and v.user_id = $2
where p.id = $1 and (p.status <> 'DRAFT' or p.author_id = $2)
  and (c.visibility = 'PUBLIC'
       or exists (select 1 from member m where m.community_id = p.community_id and m.user_id = $2 and m.status = 'ACTIVE'))
