--liquibase formatted sql
--changeset townsquare:events-0010 splitStatements:false
-- An anonymous check-in has no participant: it need not stand in the index of theirs. Nothing has been released yet, so the table is not large anywhere.
drop index attendance_by_participant;
create index attendance_by_participant on attendance (participant_id, checked_in_at desc) where participant_id is not null;
--rollback drop index attendance_by_participant;
--rollback create index attendance_by_participant on attendance (participant_id, checked_in_at desc);
