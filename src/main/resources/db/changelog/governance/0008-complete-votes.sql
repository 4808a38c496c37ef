--liquibase formatted sql
--changeset townsquare:governance-0008 splitStatements:false
alter table elector
    drop constraint elector_basis,
    add column attended smallint;
alter table elector
    add constraint elector_basis check (basis in ('MEMBER', 'ROLE', 'PRESENCE', 'ATTENDANCE')),
    add constraint elector_attended check (attended between 0 and 50);
create index vote_by_voter on vote (user_id, id desc);
create index vote_change_by_receipt on vote_change (receipt);
--rollback drop index vote_change_by_receipt, vote_by_voter;
--rollback alter table elector drop constraint elector_attended, drop constraint elector_basis, drop column attended;
--rollback update elector set basis = 'ROLE' where basis not in ('MEMBER', 'ROLE');
--rollback alter table elector add constraint elector_basis check (basis in ('MEMBER', 'ROLE'));
