select d.entry_id, json_agg(json_build_object('follower', d.follower, 'error', d.error, 'tries', d.tries) order by d.follower) as refusals
from dead_entry d
where d.next_try_at is null and d.entry_id > $1
group by d.entry_id
order by d.entry_id
limit $2
