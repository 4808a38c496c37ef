update proposal_tally t
set yes = n.yes, no = n.no, abstain = n.abstain, voters = n.voters, as_of = statement_timestamp()
from (
    select p.id,
           coalesce(sum(v.weight) filter (where v.choice = 'YES'), 0) as yes,
           coalesce(sum(v.weight) filter (where v.choice = 'NO'), 0) as no,
           coalesce(sum(v.weight) filter (where v.choice = 'ABSTAIN'), 0) as abstain,
           count(v.choice) as voters
    from unnest($1::uuid[]) as p (id)
    left join vote v on v.proposal_id = p.id and v.choice is not null
    group by p.id
) n
where t.proposal_id = n.id and not t.final
