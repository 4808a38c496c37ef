--liquibase formatted sql
--changeset townsquare:events-0004
-- How often the code was replaced, and how often what a calendar shows was changed.
alter table event
    add column token_epoch int not null default 0,
    add column schedule_revision int not null default 0;
--rollback alter table event drop column token_epoch, drop column schedule_revision;
