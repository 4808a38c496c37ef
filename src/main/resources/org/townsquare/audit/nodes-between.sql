-- of the full subtrees that end behind one size and not behind another
select n.level, n.index, n.hash
from (select ?::bigint as after, ?::bigint as upto) as s cross join generate_series(8, 62) as l (level)
join log_node n on n.log = 1 and n.level = l.level and n.index >= s.after >> l.level and n.index < s.upto >> l.level
