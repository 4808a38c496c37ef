select s.id,
       coalesce((select e.created_xid from journal_entry e where e.stream = s.id order by e.created_xid desc limit 1)
                >= pg_snapshot_xmax(pg_current_snapshot()), false) as stale
from journal_stream s
where s.closed_at is null
