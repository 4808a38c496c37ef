-- A page of the proposals of a community ($2) that the viewer ($1) sees, newest first, from below an id ($3) on; of the drafts the viewer's own.
-- $5 is the only community that the viewer's credential is for. The conditions of a filter stand in place of the last one.
select p.id, p.title, p.status, p.author_id, u.name as author_name, p.submitted_at, p.voting_started_at, p.closes_at, p.voting_closed_at,
       p.rule ->> 'results' as results, p.outcome, p.outcome_reason, e.electors, e.total_weight, t.yes, t.no, t.abstain, t.voters, t.as_of, t.final
from proposal p
join users u on u.id = p.author_id
left join electorate e on e.id = p.id
left join proposal_tally t on t.proposal_id = p.id
where p.community_id = $2::uuid and p.id < $3::uuid and ($5::uuid is null or $5::uuid = $2::uuid)
  and (p.status <> 'DRAFT' and p.outcome_reason is distinct from 'DISCARDED' or p.author_id = $1::uuid)
  and exists (select from community c where c.id = $2::uuid and c.deleted_at is null
              and (c.visibility = 'PUBLIC' and c.suspended_at is null
                   or exists (select from member m where m.community_id = c.id and m.user_id = $1::uuid and m.status in ('ACTIVE', 'SUSPENDED'))))
  and true
order by p.id desc
limit $4::int
