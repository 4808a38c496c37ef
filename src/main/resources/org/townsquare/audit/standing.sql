select h.size, h.stream, h.created_xid::text, h.entry_id, c.size as signed_size,
       extract(epoch from clock_timestamp() - c.signed_at)::float8 as signed_seconds_ago,
       (select extract(epoch from clock_timestamp() - min(u.signed_at))::float8 from log_checkpoint u where u.log = 1 and u.published_at is null) as unpublished_seconds
from log_head h
left join lateral (select size, signed_at from log_checkpoint where log = 1 order by size desc limit 1) c on true
where h.log = 1
