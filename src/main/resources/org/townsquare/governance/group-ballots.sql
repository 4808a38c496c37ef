select array_to_string(b.marks, ',', '') as marks, count(*) as ballots, sum(b.weight) as weight
from ballot b where b.question_id = cast(:question as uuid)
group by b.marks
