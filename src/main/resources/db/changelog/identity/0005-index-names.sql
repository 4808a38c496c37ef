--liquibase formatted sql
--changeset townsquare:identity-0005
-- Every page of people looks up their names: here without the rest of their rows.
create index users_by_id_with_name on users (id) include (name);
--rollback drop index users_by_id_with_name;
