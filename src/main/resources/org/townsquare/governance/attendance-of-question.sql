select e.attended, count(x.user_id) as voters, count(*) as electors
from elector e left join participation x on x.question_id = e.electorate_id and x.user_id = e.user_id
where e.electorate_id = cast(:question as uuid) and e.attended is not null
group by e.attended order by e.attended
