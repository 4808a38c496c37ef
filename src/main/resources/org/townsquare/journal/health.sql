select case when pg_snapshot_xmin(s.now) < pg_snapshot_xmax(s.now) then pg_snapshot_xmin(s.now)::text end as oldest_writer,
       (select extract(epoch from to_date(max(right(c.relname, 7)), 'YYYY_MM') + interval '1 month' - (now() at time zone 'UTC'))::float8 / 86400
        from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = 'journal_entry'::regclass) as partition_days
from pg_current_snapshot() s(now)
