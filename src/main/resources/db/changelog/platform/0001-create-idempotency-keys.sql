--liquibase formatted sql
--changeset townsquare:platform-0001 splitStatements:false
-- The first answers to requests with an Idempotency-Key. Of the key its digest; an anonymous caller is the nil id.
create table idempotency_key (
    principal_id uuid not null,
    route varchar not null,
    key uuid not null,
    fingerprint bytea not null constraint idempotency_key_fingerprint check (octet_length(fingerprint) = 32),
    status int not null constraint idempotency_key_status check (status between 200 and 299 or status in (409, 422)),
    headers jsonb not null,
    body varchar,
    expires_at timestamptz(6) not null,
    constraint idempotency_key_pk primary key (principal_id, route, key)
);
create index idempotency_key_by_expiry on idempotency_key (expires_at);
--rollback drop table idempotency_key;
