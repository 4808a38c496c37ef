--liquibase formatted sql
--changeset townsquare:audit-0003 splitStatements:false rollbackSplitStatements:false
-- What the roles may do, for all that there is now; called again at the end of every migration, for what that has added and for roles that came later.
create function grant_to_roles() returns void language plpgsql set search_path = public, pg_temp as $$
declare
    relation record;
    grantee record;
    allowed text;
begin
    for grantee in select rolname as name, rolname = 'townsquare_app' as serves from pg_roles where rolname in ('townsquare_app', 'townsquare_read') loop
        if has_schema_privilege('public', 'usage with grant option') then
            execute format('grant usage on schema public to %I', grantee.name);
        end if;
        for relation in
            select c.relname as name, c.relkind as kind from pg_class c
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v') and not c.relispartition and pg_has_role(c.relowner, 'usage')
        loop
            allowed := case
                when not grantee.serves or relation.kind = 'v' then 'select'
                when relation.name in ('databasechangelog', 'databasechangeloglock', 'journal_stream') then 'select'
                when relation.name in ('journal_entry', 'log_leaf', 'log_node', 'log_checkpoint') then 'select, insert'
                when relation.name in ('journal_origin', 'journal_text') then 'select, insert, delete'
                when relation.name = 'log_head' then 'select, update'
                else 'select, insert, update, delete'
            end;
            execute format('revoke all on %I from %I', relation.name, grantee.name);
            execute format('grant %s on %I to %I', allowed, relation.name, grantee.name);
        end loop;
    end loop;
    if exists (select from pg_roles where rolname = 'townsquare_app') then
        grant update (published_at) on log_checkpoint to townsquare_app;
        grant execute on function journal_keep() to townsquare_app;
    end if;
end $$;
select grant_to_roles();
--rollback do $$
--rollback declare
--rollback     role text;
--rollback begin
--rollback     for role in select rolname from pg_roles where rolname in ('townsquare_app', 'townsquare_read') loop
--rollback         execute format('revoke all on all tables in schema public from %I', role);
--rollback         execute format('revoke usage on schema public from %I', role);
--rollback         execute format('revoke execute on function journal_keep() from %I', role);
--rollback     end loop;
--rollback end $$;
--rollback drop function grant_to_roles();
