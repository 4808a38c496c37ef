--liquibase formatted sql
--changeset townsquare:events-0001 splitStatements:false
-- For hmac; a trusted extension, so the owner of the database may create it.
create extension if not exists pgcrypto;

create table event_group (
    community_id uuid not null constraint event_group_community references community,
    id uuid not null,
    version bigint not null,
    created_at timestamptz(6) not null,
    updated_at timestamptz(6) not null,
    name varchar(120) not null,
    description varchar(5000),
    created_by uuid not null constraint event_group_created_by references users on delete restrict,
    constraint event_group_pk primary key (community_id, id)
);
create index event_group_by_id on event_group (id);
create index event_group_by_community on event_group (community_id, created_at desc);
create index event_group_by_name on event_group (community_id, lower(name));
create index event_group_by_creator on event_group (created_by);

create table event (
    community_id uuid not null,
    id uuid not null,
    version bigint not null,
    created_at timestamptz(6) not null,
    updated_at timestamptz(6) not null,
    group_id uuid not null,
    title varchar(200) not null,
    description varchar(5000),
    place varchar(200),
    start_time timestamptz(6) not null,
    duration_minutes int not null constraint event_duration check (duration_minutes between 1 and 1440),
    time_zone varchar(64) not null,
    code_text varchar(8) not null constraint event_code_form check (code_text ~ '^[0-9A-HJKMNP-TV-Z]{8}$'),
    capacity int constraint event_capacity check (capacity between 1 and 100000),
    state varchar not null constraint event_state check (state in ('OPEN', 'CLOSED')),
    opens_at timestamptz(6),
    closes_at timestamptz(6) not null,
    closed_at timestamptz(6),
    closed_by uuid constraint event_closed_by references users on delete restrict,
    cancelled_at timestamptz(6),
    cancel_reason varchar(500),
    device_pepper bytea constraint event_device_pepper check (octet_length(device_pepper) = 32),
    created_by uuid not null constraint event_created_by references users on delete restrict,
    constraint event_pk primary key (community_id, id),
    constraint event_of_group foreign key (community_id, group_id) references event_group (community_id, id) on delete cascade,
    constraint event_code_text unique (code_text),
    constraint event_window check (opens_at < closes_at),
    constraint event_closed check ((state = 'CLOSED') = (closed_at is not null)),
    constraint event_cancelled check (cancelled_at is null or state = 'CLOSED')
);
create index event_by_id on event (id);
create index event_by_group on event (group_id, start_time desc);
create index event_by_community on event (community_id, start_time desc);
create index event_by_creator on event (created_by);
create index event_by_closer on event (closed_by);
create index event_by_closing on event (state, closes_at);

create table attendance (
    community_id uuid not null,
    id uuid not null,
    version bigint not null,
    created_at timestamptz(6) not null,
    updated_at timestamptz(6) not null,
    event_id uuid not null,
    participant_id uuid constraint attendance_participant references users on delete set null,
    kind varchar not null constraint attendance_kind check (kind in ('REGISTERED', 'ANONYMOUS')),
    checked_in_at timestamptz(6) not null,
    source varchar not null constraint attendance_source check (source in ('SELF')),
    device_hash bytea constraint attendance_device_hash check (octet_length(device_hash) = 16),
    client_id uuid,
    nonce bytea constraint attendance_nonce check (octet_length(nonce) = 16),
    receipt bytea not null constraint attendance_receipt_size check (octet_length(receipt) = 32),
    constraint attendance_pk primary key (community_id, id),
    constraint attendance_of_event foreign key (community_id, event_id) references event (community_id, id) on delete cascade,
    constraint attendance_receipt unique (receipt)
);
create index attendance_by_id on attendance (id);
create unique index attendance_one_per_participant on attendance (event_id, participant_id) where participant_id is not null;
create unique index attendance_one_per_device on attendance (event_id, device_hash) where device_hash is not null;
-- Not per event: a key that comes again for another event is refused, also when both come at once.
create unique index attendance_one_per_client on attendance (client_id) where client_id is not null;
create index attendance_by_event on attendance (event_id, checked_in_at, id);
create index attendance_by_participant on attendance (participant_id, checked_in_at desc);

-- One row for each place of an event with a capacity; a check-in takes one, so that no counter is shared.
create table event_seat (
    community_id uuid not null,
    event_id uuid not null,
    seat int not null,
    attendance_id uuid,
    constraint event_seat_pk primary key (event_id, seat),
    constraint event_seat_of_event foreign key (community_id, event_id) references event (community_id, id) on delete cascade,
    constraint event_seat_of_attendance foreign key (community_id, attendance_id) references attendance (community_id, id) on delete set null (attendance_id),
    constraint event_seat_attendance unique (attendance_id)
);
create index event_seat_free on event_seat (event_id, seat) where attendance_id is null;
--rollback drop table event_seat, attendance, event, event_group;
--rollback drop extension pgcrypto;
