select community_index + 1 as entries from log_leaf
where community_id = $1::uuid and leaf_index < $2::bigint
order by community_index desc
limit 1
