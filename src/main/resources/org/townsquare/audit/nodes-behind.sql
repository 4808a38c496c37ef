-- of the subtrees that no log of this size has
select n.level, n.index
from (select ?::bigint as size) as s cross join generate_series(8, 62) as l (level)
join log_node n on n.log = 1 and n.level = l.level and n.index >= s.size >> l.level
union all
select n.level, n.index
from generate_series(8, 62) as l (level)
join log_node n on n.log = 1 and n.level = l.level and n.index < 0
