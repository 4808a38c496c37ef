select (select coalesce(extract(epoch from clock_timestamp() - min(a.xact_start)), 0)::float8
        from pg_stat_activity a
        where a.datname = current_database() and a.backend_xid is not null) as oldest_writer_seconds,
       (select extract(epoch from to_date(max(right(c.relname, 7)), 'YYYY_MM') + interval '1 month' - (now() at time zone 'UTC'))::float8 / 86400
        from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = 'journal_entry'::regclass) as partition_days
