--liquibase formatted sql
--changeset townsquare:governance-0011 splitStatements:false
-- A changed vote writes into every index. Nothing finds votes by their id alone; and whoever counts those of a proposal reads the index of its voters, which
-- has what is counted. Nothing has been released yet that knows the indexes which are replaced here.
alter table vote drop constraint vote_one_per_elector;
alter table vote add constraint vote_one_per_elector unique (proposal_id, user_id) include (choice, weight);
drop index vote_by_id, vote_tally;
--rollback create index vote_tally on vote (proposal_id, choice) include (weight) where choice is not null;
--rollback create index vote_by_id on vote (id);
--rollback alter table vote drop constraint vote_one_per_elector;
--rollback alter table vote add constraint vote_one_per_elector unique (proposal_id, user_id);
