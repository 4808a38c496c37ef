select leaf_index, entry_id, community_index from log_leaf
where community_id = $1::uuid and community_index >= $2::bigint and leaf_index < $3::bigint
order by community_index
limit 100
