-- two ways to the same sums: by the weights that the ballots carry, and by those of the electorate
select b.voters, b.weight, t.electors, t.total_weight,
       b.voters = p.voters and b.weight = p.weight and b.weight <= t.total_weight and b.voters <= t.electors as agree,
       clock_timestamp() as now
from electorate t, (
    select count(*) as voters, coalesce(sum(b.weight), 0) as weight
    from ballot b where b.question_id = cast(:question as uuid)
) b, (
    select count(*) as voters, coalesce(sum(e.weight), 0) as weight
    from participation p join elector e on e.electorate_id = p.question_id and e.user_id = p.user_id
    where p.question_id = cast(:question as uuid)
) p
where t.id = cast(:question as uuid)
