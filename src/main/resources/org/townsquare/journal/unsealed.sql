select e.id, e.stream, e.created_xid::text, e.community_id, sha256(e.body) as entry
from journal_entry e
where (e.stream, e.created_xid, e.id) > ($1, $2::text::xid8, $3)
  and (e.created_xid < pg_snapshot_xmin(pg_current_snapshot())
       or e.stream in (select s.id from journal_stream s where s.closed_at is not null))
order by e.stream, e.created_xid, e.id
limit $4
