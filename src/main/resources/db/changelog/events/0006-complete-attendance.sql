--liquibase formatted sql
--changeset townsquare:events-0006 splitStatements:false
-- How a check-in came about and what became of it. Nothing has been released yet that knows the indexes and checks which are replaced here.
alter table attendance
    add column received_at timestamptz(6),
    add column recorded_by uuid constraint attendance_recorded_by references users on delete restrict,
    add column walk_in_name varchar(120),
    add column overridden boolean not null default false,
    add column voided_at timestamptz(6),
    add column voided_by uuid constraint attendance_voided_by references users on delete restrict,
    add column void_cause varchar constraint attendance_void_cause check (void_cause in ('SELF', 'STAFF', 'MERGED')),
    add column void_reason varchar(500),
    add column expelled boolean not null default false;
update attendance set received_at = checked_in_at;
alter table attendance
    alter column received_at set default clock_timestamp(),
    alter column received_at set not null,
    drop constraint attendance_kind,
    add constraint attendance_kind check (kind in ('REGISTERED', 'ANONYMOUS', 'WALK_IN')),
    drop constraint attendance_source,
    add constraint attendance_source check (source in ('SELF', 'STAFF')),
    add constraint attendance_by_staff check ((source = 'STAFF') = (recorded_by is not null)),
    add constraint attendance_walk_in check (kind = 'WALK_IN' or walk_in_name is null),
    add constraint attendance_override check (source = 'STAFF' or not overridden),
    add constraint attendance_void check ((voided_at is null) = (void_cause is null)),
    add constraint attendance_void_by_staff check (void_cause is distinct from 'STAFF' or voided_by is not null),
    add constraint attendance_expelled check (not expelled or void_cause is not distinct from 'STAFF');

-- What is voided stays and stands in nobody's way, but in that of a person or device whom staff expelled until they let them in again.
drop index attendance_one_per_participant, attendance_one_per_device, attendance_one_per_client;
create unique index attendance_one_per_participant on attendance (event_id, participant_id) where participant_id is not null and (voided_at is null or expelled);
create unique index attendance_one_per_device on attendance (event_id, device_hash) where device_hash is not null and (voided_at is null or expelled);
create unique index attendance_one_per_client on attendance (event_id, client_id) where client_id is not null;
create index attendance_by_recorder on attendance (recorded_by) where recorded_by is not null;
create index attendance_by_voider on attendance (voided_by) where voided_by is not null;
--rollback drop index attendance_by_recorder, attendance_by_voider;
--rollback drop index attendance_one_per_participant, attendance_one_per_device, attendance_one_per_client;
--rollback delete from attendance where kind = 'WALK_IN' or source = 'STAFF' or voided_at is not null;
--rollback alter table attendance drop constraint attendance_kind, add constraint attendance_kind check (kind in ('REGISTERED', 'ANONYMOUS')), drop constraint attendance_source, add constraint attendance_source check (source in ('SELF'));
--rollback alter table attendance drop column received_at, drop column recorded_by, drop column walk_in_name, drop column overridden, drop column voided_at, drop column voided_by, drop column void_cause, drop column void_reason, drop column expelled;
--rollback create unique index attendance_one_per_participant on attendance (event_id, participant_id) where participant_id is not null;
--rollback create unique index attendance_one_per_device on attendance (event_id, device_hash) where device_hash is not null;
--rollback create unique index attendance_one_per_client on attendance (client_id) where client_id is not null;
