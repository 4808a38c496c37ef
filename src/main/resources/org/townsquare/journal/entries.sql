select e.id, e.stream, e.created_xid::text as created_xid, e.at, e.kind, e.community_id, e.subject_type, e.subject_id, e.actor_id, e.impersonator_id,
       e.credential, e.body
from journal_entry e
where e.id = any (?)
