select current_setting('server_version_num')::int as version,
       current_setting('fsync') as fsync,
       current_setting('full_page_writes') as full_page_writes,
       current_setting('synchronous_commit') as synchronous_commit,
       current_user as role,
       coalesce((select r.rolsuper from pg_roles r where r.rolname = current_user), false) as superuser,
       exists (select from pg_class c where c.relnamespace = current_schema()::regnamespace and pg_has_role(current_user, c.relowner, 'MEMBER')) as owner
