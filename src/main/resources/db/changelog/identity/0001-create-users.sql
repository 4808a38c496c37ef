--liquibase formatted sql
--changeset townsquare:identity-0001 splitStatements:false
create table users (
    id uuid constraint users_pk primary key,
    version bigint not null,
    created_at timestamptz(6) not null,
    updated_at timestamptz(6) not null,
    name varchar(120) not null,
    email varchar(254) not null,
    platform_roles varchar[] not null default '{}' constraint users_platform_roles check (platform_roles <@ array['PLATFORM_ADMIN']::varchar[]),
    status varchar not null constraint users_status check (status in ('ACTIVE', 'DISABLED'))
);
create unique index user_email on users (lower(email));
create index users_created on users (created_at);

create table account (
    id uuid constraint account_pk primary key,
    version bigint not null,
    created_at timestamptz(6) not null,
    updated_at timestamptz(6) not null,
    user_id uuid not null constraint account_of_user references users,
    provider varchar(40) not null,
    subject varchar(254) not null,
    password_hash varchar(255),
    constraint account_subject unique (provider, subject),
    constraint account_password check ((provider = 'PASSWORD') = (password_hash is not null))
);
create index account_by_user on account (user_id);
create unique index account_one_password on account (user_id) where provider = 'PASSWORD';

create table session (
    id uuid constraint session_pk primary key,
    version bigint not null,
    created_at timestamptz(6) not null,
    updated_at timestamptz(6) not null,
    user_id uuid not null constraint session_of_user references users,
    token_hash bytea not null constraint session_token_hash unique,
    expires_at timestamptz(6) not null
);
create index session_by_user on session (user_id);
--rollback drop table session, account, users;
