--liquibase formatted sql
--changeset townsquare:governance-0009 splitStatements:false
alter table electorate add constraint electorate_in_community unique (community_id, id);
alter table elector
    drop constraint elector_of_electorate,
    add constraint elector_of_electorate foreign key (community_id, electorate_id) references electorate (community_id, id);
--rollback alter table elector drop constraint elector_of_electorate, add constraint elector_of_electorate foreign key (electorate_id) references electorate;
--rollback alter table electorate drop constraint electorate_in_community;
