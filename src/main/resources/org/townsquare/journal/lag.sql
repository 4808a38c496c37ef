select extract(epoch from clock_timestamp() - e.at)::float8 as seconds
from journal_entry e
where (e.stream, e.created_xid, e.id) > ($1, $2::text::xid8, $3)
order by e.stream, e.created_xid, e.id
limit 1
