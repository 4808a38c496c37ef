--liquibase formatted sql
--changeset townsquare:journal-0002 splitStatements:false
-- an admin who is erased is forgotten where they acted as another, too
create index journal_entry_by_impersonator on journal_entry (impersonator_id) where impersonator_id is not null;
--rollback drop index journal_entry_by_impersonator;
