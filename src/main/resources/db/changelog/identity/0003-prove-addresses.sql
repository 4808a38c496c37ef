--liquibase formatted sql
--changeset townsquare:identity-0003 splitStatements:false
-- The address that a user had before they changed it, which hears of the change.
alter table verification add column former varchar(254);

-- Where sign-up says nothing about who has an account: what waits for the token that was mailed.
create table pending_sign_up (
    id uuid constraint pending_sign_up_pk primary key,
    version bigint not null,
    created_at timestamptz(6) not null,
    updated_at timestamptz(6) not null,
    name varchar(120) not null,
    email varchar(254) not null,
    password_hash varchar(255) not null,
    expires_at timestamptz(6) not null
);
create index pending_sign_up_by_expiry on pending_sign_up (expires_at);
--rollback drop table pending_sign_up;
--rollback alter table verification drop column former;
