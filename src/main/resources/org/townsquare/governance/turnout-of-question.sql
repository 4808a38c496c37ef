select case when :counted
           then (select count(*) from participation p where p.question_id = cast(:question as uuid))
           else 0 end as voters,
       t.electors, clock_timestamp() as now
from electorate t
where t.id = cast(:question as uuid)
