select leaf_index, entry_id, community_id, community_index, leaf_hash from log_leaf
where log = 1 and leaf_index >= ?
order by leaf_index
limit ?
