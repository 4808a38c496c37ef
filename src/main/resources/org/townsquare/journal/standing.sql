select f.name,
       coalesce(extract(epoch from clock_timestamp() - (
           select e.at from journal_entry e
           where (e.stream, e.created_xid, e.id) > (f.stream, f.created_xid, f.entry_id)
           order by e.stream, e.created_xid, e.id limit 1)), 0)::float8 as lag_seconds,
       (select count(*) from dead_entry d where d.follower = f.name and d.next_try_at is null) as dead
from follower f
order by f.name
