select d.follower, d.entry_id, d.error, d.tries
from dead_entry d
where d.next_try_at is null and d.entry_id > $1
order by d.entry_id, d.follower
limit $2
