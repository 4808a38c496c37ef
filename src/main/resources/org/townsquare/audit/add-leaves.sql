-- leaves, the nodes that became full and the head: one statement, so that no part of it can be there alone
with leaves as (
    insert into log_leaf (log, leaf_index, entry_id, community_id, community_index, leaf_hash)
    select 1, $1::bigint + l.n - 1, l.entry_id, l.community_id, l.community_index, l.leaf_hash
    from unnest($2::uuid[], $3::uuid[], $4::bigint[], $5::bytea[]) with ordinality as l (entry_id, community_id, community_index, leaf_hash, n)
), nodes as (
    insert into log_node (log, level, index, hash)
    select 1, n.level, n.index, n.hash from unnest($6::int[], $7::bigint[], $8::bytea[]) as n (level, index, hash)
)
update log_head set size = $9::bigint, stream = $10::int, created_xid = $11::text::xid8, entry_id = $12::uuid where log = 1
