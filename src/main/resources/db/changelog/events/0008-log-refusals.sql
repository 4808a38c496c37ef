--liquibase formatted sql
--changeset townsquare:events-0008
-- Which check-ins an event refused, for its organisers: no person, no address. Kept for 30 days.
create table check_in_refusal (
    community_id uuid not null,
    id uuid not null,
    event_id uuid not null,
    code varchar(40) not null,
    source varchar not null constraint check_in_refusal_source check (source in ('SELF', 'STAFF')),
    client_id uuid,
    occurred_at timestamptz(6) not null,
    received_at timestamptz(6) not null,
    constraint check_in_refusal_pk primary key (community_id, id),
    constraint check_in_refusal_of_event foreign key (community_id, event_id) references event (community_id, id) on delete cascade
);
create index check_in_refusal_by_id on check_in_refusal (id);
create index check_in_refusal_by_event on check_in_refusal (event_id, received_at);
create index check_in_refusal_by_time on check_in_refusal (received_at);
--rollback drop table check_in_refusal;
