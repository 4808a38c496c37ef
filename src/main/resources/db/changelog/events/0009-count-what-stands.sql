--liquibase formatted sql
--changeset townsquare:events-0009 splitStatements:false
-- A voided check-in gives no credit.
create or replace view attendance_credit as
    select a.community_id, e.group_id, a.event_id, a.participant_id as user_id, a.checked_in_at
    from attendance a join event e on e.community_id = a.community_id and e.id = a.event_id
    where a.kind = 'REGISTERED' and a.participant_id is not null and e.cancelled_at is null and a.voided_at is null;

-- An event took more than it has places, but by the word of its staff; or a place is held by what is no check-in to this event, or no longer.
create view invariant_oversold_event as
    select e.community_id, e.id
    from event e
    where e.capacity is not null
      and e.capacity < (select count(*) from attendance a
                        where a.community_id = e.community_id and a.event_id = e.id and a.voided_at is null and not a.overridden)
    union all
    select s.community_id, s.event_id
    from event_seat s join attendance a on a.community_id = s.community_id and a.id = s.attendance_id
    where a.event_id <> s.event_id or a.voided_at is not null;
--rollback drop view invariant_oversold_event;
--rollback create or replace view attendance_credit as
--rollback     select a.community_id, e.group_id, a.event_id, a.participant_id as user_id, a.checked_in_at
--rollback     from attendance a join event e on e.community_id = a.community_id and e.id = a.event_id
--rollback     where a.kind = 'REGISTERED' and a.participant_id is not null and e.cancelled_at is null;
