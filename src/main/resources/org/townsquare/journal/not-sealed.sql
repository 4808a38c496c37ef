select e.id from journal_entry e
where not exists (select from log_leaf l where l.entry_id = e.id)
order by e.stream, e.created_xid, e.id
