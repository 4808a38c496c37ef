-- A proposal ($2) as the viewer ($1) sees it, with what stands beside it: its author's name, electorate and tally, the viewer's vote and place in the
-- electorate, and what its rule says of authors. $3 is the only community that the viewer's credential is for.
select p.id, p.version, p.created_at, p.updated_at, p.community_id, p.author_id, p.title, p.description, p.status, p.submitted_at, p.text_hash,
       p.reviewed_by, p.reviewed_at, p.review_note, p.rule_id, p.rule, p.rule_hash, p.presence_event_id, p.supersedes_id, p.voting_started_at,
       p.closes_at, p.voting_closed_at, p.closed_by, p.outcome, p.outcome_reason, p.explanation, p.cancel_reason, p.archived_at,
       u.name as author_name, e.electors, e.total_weight, t.yes, t.no, t.abstain, t.voters, t.as_of, t.final,
       v.choice, v.cast_at, v.receipt, r.user_id as elector,
       coalesce((select d.self_review from decision_rule d
        where d.community_id = p.community_id and (d.id = p.rule_id or p.rule_id is null and d.is_default)), false) as self_review
from proposal p
join users u on u.id = p.author_id
join community c on c.id = p.community_id
left join electorate e on e.id = p.id
left join proposal_tally t on t.proposal_id = p.id
left join vote v on v.proposal_id = p.id and v.user_id = $1::uuid
left join elector r on r.electorate_id = p.id and r.user_id = $1::uuid
where p.id = $2::uuid and ($3::uuid is null or $3::uuid = p.community_id)
  and (p.status <> 'DRAFT' and p.outcome_reason is distinct from 'DISCARDED' or p.author_id = $1::uuid)
  and c.deleted_at is null
  and (c.visibility = 'PUBLIC' and c.suspended_at is null
       or exists (select from member m where m.community_id = c.id and m.user_id = $1::uuid and m.status in ('ACTIVE', 'SUSPENDED')))
