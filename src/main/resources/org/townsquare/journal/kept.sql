-- all that entries commit to and that is still kept
select t.entry_id, t.field, t.value, t.salt, e.body from journal_text t left join journal_entry e on e.id = t.entry_id
union all
select o.entry_id, 'ip', o.ip, o.salt, e.body from journal_origin o left join journal_entry e on e.id = o.entry_id
union all
select o.entry_id, 'userAgent', o.user_agent, o.salt, e.body from journal_origin o left join journal_entry e on e.id = o.entry_id
where o.user_agent is not null
