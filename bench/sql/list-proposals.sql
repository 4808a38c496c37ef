-- As Hibernate sends it, from the statement log.
select p1_0.id,p1_0.title,p1_0.status,p1_0.author_id,u1_0.name,p1_0.submitted_at,p1_0.voting_started_at,p1_0.closes_at,p1_0.voting_closed_at,
    p1_0.rule,p1_0.outcome,p1_0.outcome_reason,e1_0.id,e1_0.community_id,e1_0.created_at,e1_0.electors,e1_0.subject,e1_0.taken_at,
    e1_0.total_weight,e1_0.updated_at,e1_0.version,pt1_0.proposal_id,pt1_0.abstain,pt1_0.as_of,pt1_0.community_id,pt1_0.final,pt1_0.no,
    pt1_0.voters,pt1_0.yes
from proposal p1_0
join users u1_0 on u1_0.id=p1_0.author_id
left join electorate e1_0 on e1_0.id=p1_0.id
left join proposal_tally pt1_0 on pt1_0.proposal_id=p1_0.id
where (p1_0.status<>'DRAFT' and p1_0.outcome_reason is distinct from 'DISCARDED' or p1_0.author_id=$1) and p1_0.community_id=$2 and p1_0.id<$3 and p1_0.status=$4
order by p1_0.id desc
offset $5 rows fetch first $6 rows only
