--liquibase formatted sql
--changeset townsquare:journal-0003 splitStatements:false
-- Partitions are made and old origins dropped by this function alone: it has the rights of who owns the schema, so that the service needs none of them.
create function journal_keep() returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    old text;
begin
    perform journal_partitions_ahead(3);
    for old in
        select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = 'journal_origin'::regclass
          and to_date(right(c.relname, 7), 'YYYY_MM') + interval '1 month' < (now() at time zone 'UTC') - interval '90 days'
    loop
        execute format('drop table %I', old);
    end loop;
end $$;
revoke execute on function journal_keep() from public;
--rollback drop function journal_keep();
