-- the leaves of these blocks of 256
select l.leaf_index, l.leaf_hash
from unnest($1::bigint[]) as b (n)
join log_leaf l on l.log = 1 and l.leaf_index >= b.n * 256 and l.leaf_index < (b.n + 1) * 256
order by l.leaf_index
