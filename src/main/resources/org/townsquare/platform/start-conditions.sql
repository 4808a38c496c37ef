select current_setting('server_version_num')::int as version,
       current_setting('fsync') as fsync,
       current_setting('full_page_writes') as full_page_writes,
       current_setting('synchronous_commit') as synchronous_commit,
       current_user as role,
       coalesce((select r.rolsuper from pg_roles r where r.rolname = current_user), false) as superuser,
       coalesce((select pg_has_role(current_user, c.relowner, 'MEMBER') from pg_class c where c.oid = to_regclass('journal_entry')), false) as owner
