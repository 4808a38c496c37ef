select l.leaf_index, l.entry_id as leaf_entry_id, l.community_id as leaf_community_id, l.community_index, l.leaf_hash,
       e.id, e.stream, e.created_xid::text as created_xid, e.at, e.kind, e.community_id, e.subject_type, e.subject_id, e.actor_id, e.impersonator_id,
       e.credential, e.body
from log_leaf l left join journal_entry e on e.id = l.entry_id
where l.log = 1
order by l.leaf_index
