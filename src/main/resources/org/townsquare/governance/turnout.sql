select case when :counted
           then (select count(*) from vote v where v.proposal_id = cast(:proposal as uuid) and v.choice is not null)
           else 0 end as voters,
       t.electors, clock_timestamp() as now
from electorate t
where t.id = cast(:proposal as uuid)
