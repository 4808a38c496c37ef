--liquibase formatted sql
--changeset townsquare:identity-0002 splitStatements:false
alter table users
    alter column email drop not null,
    drop constraint users_status,
    add column email_verified_at timestamptz(6),
    add column phone varchar(16) constraint users_phone check (phone ~ '^\+[1-9][0-9]{6,14}$'),
    add column phone_verified_at timestamptz(6),
    add column locale varchar(35) not null default 'en',
    add column time_zone varchar(64) not null default 'UTC',
    add column bio varchar(2000),
    add column avatar_url varchar(500),
    add column erase_at timestamptz(6);
alter table users
    add constraint users_status check (status in ('ACTIVE', 'DISABLED', 'ERASED')),
    add constraint users_email check ((email is null) = (status = 'ERASED')),
    add constraint users_phone_verified check (phone is not null or phone_verified_at is null),
    add constraint users_erased check (status <> 'ERASED' or (phone is null and bio is null and avatar_url is null and platform_roles = '{}'));
create index users_due_for_erasure on users (erase_at, id) where erase_at is not null and status <> 'ERASED';

alter table session
    add column last_seen_at timestamptz(6) not null default clock_timestamp(),
    add column idle_until timestamptz(6) not null default clock_timestamp() + interval '7 days',
    add column network bytea,
    add column device varchar(120),
    add column impersonated_by uuid constraint session_impersonated_by references users,
    add column impersonation_reason varchar(500),
    add constraint session_not_oneself check (impersonated_by <> user_id),
    add constraint session_impersonation_reason check ((impersonated_by is null) = (impersonation_reason is null)),
    add constraint session_impersonation_is_short check (impersonated_by is null or expires_at <= created_at + interval '1 hour');
create index session_by_impersonator on session (impersonated_by) where impersonated_by is not null;
create index session_ended on session (expires_at);

-- A way to prove an address. Its token is not stored but derived from its id.
create table verification (
    id uuid constraint verification_pk primary key,
    version bigint not null,
    created_at timestamptz(6) not null,
    updated_at timestamptz(6) not null,
    user_id uuid not null constraint verification_of_user references users,
    purpose varchar not null constraint verification_purpose check (purpose in ('EMAIL', 'EMAIL_CHANGE', 'PASSWORD_RESET', 'PHONE')),
    target varchar(254) not null,
    tries int not null constraint verification_tries check (tries between 0 and 5),
    expires_at timestamptz(6) not null,
    used_at timestamptz(6)
);
create unique index verification_one_open on verification (user_id, purpose) where used_at is null;
create index verification_by_user on verification (user_id);

create table api_key (
    id uuid constraint api_key_pk primary key,
    version bigint not null,
    created_at timestamptz(6) not null,
    updated_at timestamptz(6) not null,
    user_id uuid not null constraint api_key_of_user references users,
    community_id uuid,
    name varchar(80) not null,
    prefix varchar(8) not null,
    key_hash bytea not null constraint api_key_hash unique,
    scopes varchar[] not null constraint api_key_scopes check (cardinality(scopes) > 0),
    expires_at timestamptz(6) not null,
    per_minute int not null constraint api_key_per_minute check (per_minute between 1 and 60000),
    last_used_at timestamptz(6),
    revoked_at timestamptz(6),
    constraint api_key_life check (expires_at <= created_at + interval '366 days')
);
create index api_key_by_user on api_key (user_id);
create index api_key_by_community on api_key (community_id) where community_id is not null;

-- How often something was tried. Unlogged: a crash empties it, which only forgives.
create unlogged table throttle (
    bucket bytea constraint throttle_pk primary key,
    window_start timestamptz(6) not null,
    count int not null,
    blocked_until timestamptz(6)
);
create index throttle_by_window on throttle (window_start);
--rollback drop table throttle, api_key, verification;
--rollback drop index session_ended;
--rollback alter table session drop column last_seen_at, drop column idle_until, drop column network, drop column device, drop column impersonated_by cascade, drop column impersonation_reason cascade;
--rollback drop index users_due_for_erasure;
--rollback alter table users drop constraint users_erased, drop constraint users_email, drop constraint users_status, drop column email_verified_at, drop column phone_verified_at cascade, drop column phone cascade, drop column locale, drop column time_zone, drop column bio, drop column avatar_url, drop column erase_at;
--rollback delete from session where user_id in (select id from users where status = 'ERASED');
--rollback update users set email = id || '@erased.invalid' where email is null;
--rollback update users set status = 'DISABLED' where status = 'ERASED';
--rollback alter table users alter column email set not null, add constraint users_status check (status in ('ACTIVE', 'DISABLED'));
