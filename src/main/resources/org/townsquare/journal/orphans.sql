-- what is kept of entries that are not there
select t.entry_id, t.field from journal_text t where not exists (select from journal_entry e where e.id = t.entry_id)
union all
select o.entry_id, 'ip' from journal_origin o where not exists (select from journal_entry e where e.id = o.entry_id)
