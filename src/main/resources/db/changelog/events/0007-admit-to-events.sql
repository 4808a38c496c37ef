--liquibase formatted sql
--changeset townsquare:events-0007
-- Whom the code of an event lets in.
alter table event add column admission varchar not null default 'ANYONE' constraint event_admission check (admission in ('ANYONE', 'SIGNED_IN', 'MEMBERS'));
--rollback alter table event drop column admission;
