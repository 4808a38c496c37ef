select e.id, e.title, e.time_zone
from event e
where e.community_id = $1::uuid and e.id = $2::uuid
order by e.start_time, e.id
