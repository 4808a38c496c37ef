with named as materialized (
    select id from journal_entry where actor_id = cast(:id as uuid)
    union
    select id from journal_entry where subject_id = cast(:id as uuid)
    union
    select id from journal_entry where impersonator_id = cast(:id as uuid)
), texts as (
    delete from journal_text t using named n where t.entry_id = n.id
)
delete from journal_origin o using named n where o.entry_id = n.id
