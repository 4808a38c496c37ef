--liquibase formatted sql
--changeset townsquare:governance-0006 splitStatements:false
alter table decision_rule
    add column attendance_group_id uuid,
    add column attendance_last int,
    add column attendance_at_least int,
    add column early_close_by_itself boolean not null default false,
    add constraint decision_rule_attendance_group foreign key (community_id, attendance_group_id) references event_group (community_id, id),
    add constraint decision_rule_attendance check (num_nulls(attendance_group_id, attendance_last, attendance_at_least) in (0, 3)
        and 1 <= attendance_at_least and attendance_at_least <= attendance_last and attendance_last <= 50),
    add constraint decision_rule_closes_by_itself check (not early_close_by_itself or early_close = 'ALL_VOTED');
create index decision_rule_by_group on decision_rule (community_id, attendance_group_id) where attendance_group_id is not null;
--rollback drop index decision_rule_by_group;
--rollback alter table decision_rule drop constraint decision_rule_closes_by_itself, drop constraint decision_rule_attendance,
--rollback     drop constraint decision_rule_attendance_group, drop column early_close_by_itself, drop column attendance_at_least,
--rollback     drop column attendance_last, drop column attendance_group_id;
