-- the next index of each of these communities, and of what belongs to none
select c.id as community_id,
       coalesce((select l.community_index + 1 from log_leaf l where l.community_id = c.id order by l.community_index desc limit 1), 0) as next
from unnest($1::uuid[]) as c (id)
union all
select null, coalesce((select l.community_index + 1 from log_leaf l where l.community_id is null order by l.community_index desc limit 1), 0)
