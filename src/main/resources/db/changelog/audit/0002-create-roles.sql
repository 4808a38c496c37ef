--liquibase formatted sql
--changeset townsquare:audit-0002 splitStatements:false rollbackSplitStatements:false
-- Who owns the schema and migrates it, who serves, who only reads. Where the migrating user may make no roles, whoever may makes them, once for each
-- cluster; without them everything belongs to the one user there is.
do $$
declare
    role text;
begin
    foreach role in array array['townsquare_owner', 'townsquare_app', 'townsquare_read'] loop
        if not exists (select from pg_roles where rolname = role) then
            begin
                execute format('create role %I nologin', role);
            exception
                when insufficient_privilege then raise notice 'the role % is not there, and % may not make it', role, current_user;
                -- another database of the cluster is migrated at the same moment
                when duplicate_object or unique_violation then null;
            end;
        end if;
    end loop;
end $$;
--rollback do $$
--rollback declare
--rollback     role text;
--rollback begin
--rollback     foreach role in array array['townsquare_owner', 'townsquare_app', 'townsquare_read'] loop
--rollback         begin
--rollback             execute format('drop role if exists %I', role);
--rollback         exception
--rollback             when dependent_objects_still_exist or insufficient_privilege then null;
--rollback         end;
--rollback     end loop;
--rollback end $$;
