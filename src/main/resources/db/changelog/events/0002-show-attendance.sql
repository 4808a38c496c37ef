--liquibase formatted sql
--changeset townsquare:events-0002 splitStatements:false
-- What other features read of events; the tables behind it are nobody else's.
create view attendance_credit as
    select a.community_id, e.group_id, a.event_id, a.participant_id as user_id, a.checked_in_at
    from attendance a join event e on e.community_id = a.community_id and e.id = a.event_id
    where a.kind = 'REGISTERED' and a.participant_id is not null and e.cancelled_at is null;

create view past_event as
    select e.community_id, e.group_id, e.id as event_id, e.start_time, e.start_time + make_interval(mins => e.duration_minutes) as end_time
    from event e where e.cancelled_at is null;
--rollback drop view past_event, attendance_credit;
