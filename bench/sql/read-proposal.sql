-- As Hibernate sends it, from the statement log.
select u1_0.name,e1_0.id,e1_0.community_id,e1_0.created_at,e1_0.electors,e1_0.subject,e1_0.taken_at,e1_0.total_weight,e1_0.updated_at,
    e1_0.version,pt1_0.proposal_id,pt1_0.abstain,pt1_0.as_of,pt1_0.community_id,pt1_0.final,pt1_0.no,pt1_0.voters,pt1_0.yes,v1_0.id,v1_0.cast_at,
    v1_0.choice,v1_0.community_id,v1_0.created_at,v1_0.nonce,v1_0.proposal_id,v1_0.receipt,v1_0.revision,v1_0.updated_at,v1_0.user_id,
    v1_0.version,v1_0.weight,e2_0.user_id,dr1_0.self_review
from proposal p1_0
join users u1_0 on u1_0.id=p1_0.author_id
join decision_rule dr1_0 on dr1_0.community_id=p1_0.community_id and (dr1_0.id=p1_0.rule_id or (p1_0.rule_id is null and dr1_0.is_default))
left join electorate e1_0 on e1_0.id=p1_0.id
left join proposal_tally pt1_0 on pt1_0.proposal_id=p1_0.id
left join vote v1_0 on v1_0.proposal_id=p1_0.id and v1_0.user_id=$1
left join elector e2_0 on e2_0.electorate_id=p1_0.id and e2_0.user_id=$1
where p1_0.id=$2
