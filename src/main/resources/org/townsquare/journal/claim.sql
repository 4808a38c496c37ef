select f.stream, f.created_xid::text, f.entry_id,
       coalesce(r.next_try_at > clock_timestamp(), false) as waiting,
       r.next_try_at is not null as retrying
from follower f
left join dead_entry r on r.follower = f.name and r.next_try_at is not null
where f.name = $1
for update of f skip locked
