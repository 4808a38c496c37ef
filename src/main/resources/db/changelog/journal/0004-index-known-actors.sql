--liquibase formatted sql
--changeset townsquare:journal-0004 splitStatements:false
-- Nobody looks for the entries of nobody: what is done anonymously, or by the clock, need not stand in the index of actors. Nothing has been
-- released yet, so the table is not large anywhere.
drop index journal_entry_by_actor;
create index journal_entry_by_actor on journal_entry (actor_id, id) where actor_id is not null;
--rollback drop index journal_entry_by_actor;
--rollback create index journal_entry_by_actor on journal_entry (actor_id, id);
