-- two ways to the same sums: by the weights that the votes carry, and by those of the electorate
select o.yes, o.no, o.abstain, o.voters, t.electors, t.total_weight,
       (o.yes, o.no, o.abstain, o.voters) = (w.yes, w.no, w.abstain, w.voters)
           and o.yes + o.no + o.abstain <= t.total_weight and o.voters <= t.electors as agree,
       clock_timestamp() as now
from electorate t, (
    select coalesce(sum(v.weight) filter (where v.choice = 'YES'), 0) as yes,
           coalesce(sum(v.weight) filter (where v.choice = 'NO'), 0) as no,
           coalesce(sum(v.weight) filter (where v.choice = 'ABSTAIN'), 0) as abstain,
           count(*) as voters
    from vote v where v.proposal_id = cast(:proposal as uuid) and v.choice is not null
) o, (
    select coalesce(sum(e.weight) filter (where v.choice = 'YES'), 0) as yes,
           coalesce(sum(e.weight) filter (where v.choice = 'NO'), 0) as no,
           coalesce(sum(e.weight) filter (where v.choice = 'ABSTAIN'), 0) as abstain,
           count(*) as voters
    from vote v join elector e on e.electorate_id = v.proposal_id and e.user_id = v.user_id
    where v.proposal_id = cast(:proposal as uuid) and v.choice is not null
) w
where t.id = cast(:proposal as uuid)
