--liquibase formatted sql
--changeset townsquare:identity-0004 splitStatements:false
-- A session that has ended stays for 30 days: its network is one that the account is known on.
alter table session add column ended_at timestamptz(6);
drop index session_ended;
create index session_over on session (least(ended_at, expires_at, idle_until));
create index session_impersonation_open on session (expires_at, id) where impersonated_by is not null and ended_at is null;

-- The configured admin was made so: at most once on an installation, also when the role is taken away later.
create table first_admin (
    id int constraint first_admin_pk primary key constraint first_admin_once check (id = 1),
    user_id uuid not null constraint first_admin_user references users,
    made_at timestamptz(6) not null
);
create index first_admin_by_user on first_admin (user_id);
--rollback drop table first_admin;
--rollback drop index session_impersonation_open, session_over;
--rollback delete from session where ended_at is not null;
--rollback alter table session drop column ended_at;
--rollback create index session_ended on session (expires_at);
