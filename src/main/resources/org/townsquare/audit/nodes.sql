select n.level, n.index, n.hash
from unnest($1::int[], $2::bigint[]) as w (level, index)
join log_node n on n.log = 1 and n.level = w.level and n.index = w.index
