--liquibase formatted sql
--changeset townsquare:governance-0003 splitStatements:false
create table electorate (
    community_id uuid not null,
    id uuid constraint electorate_pk primary key,
    version bigint not null,
    created_at timestamptz(6) not null,
    updated_at timestamptz(6) not null,
    taken_at timestamptz(6) not null,
    electors int not null,
    total_weight bigint not null,
    constraint electorate_of_proposal foreign key (community_id, id) references proposal (community_id, id),
    constraint electorate_size check (electors >= 1 and total_weight >= electors)
);

create table elector (
    community_id uuid not null,
    electorate_id uuid not null constraint elector_of_electorate references electorate,
    user_id uuid not null,
    weight int not null constraint elector_weight check (weight between 1 and 1000000),
    roles varchar[] not null,
    basis varchar(40) not null constraint elector_basis check (basis in ('MEMBER', 'ROLE')),
    constraint elector_pk primary key (electorate_id, user_id),
    constraint elector_member foreign key (community_id, user_id) references member (community_id, user_id)
);
create index elector_by_user on elector (user_id, electorate_id);

create table vote (
    community_id uuid not null,
    id uuid not null,
    version bigint not null,
    created_at timestamptz(6) not null,
    updated_at timestamptz(6) not null,
    proposal_id uuid not null,
    user_id uuid not null,
    weight int not null,
    choice varchar constraint vote_choice check (choice in ('YES', 'NO', 'ABSTAIN')),
    cast_at timestamptz(6) not null,
    revision int not null,
    nonce bytea not null constraint vote_nonce check (octet_length(nonce) = 16),
    receipt bytea not null constraint vote_receipt_length check (octet_length(receipt) = 32),
    constraint vote_pk primary key (community_id, id),
    constraint vote_one_per_elector unique (proposal_id, user_id),
    constraint vote_receipt unique (receipt),
    constraint vote_of_proposal foreign key (community_id, proposal_id) references proposal (community_id, id),
    constraint vote_of_elector foreign key (proposal_id, user_id) references elector (electorate_id, user_id)
);
create index vote_by_id on vote (id);
create index vote_tally on vote (proposal_id, choice) include (weight) where choice is not null;

create table vote_change (
    community_id uuid not null,
    vote_id uuid not null,
    revision int not null,
    choice varchar,
    cast_at timestamptz(6) not null,
    nonce bytea not null,
    receipt bytea not null,
    constraint vote_change_pk primary key (vote_id, revision),
    constraint vote_change_of_vote foreign key (community_id, vote_id) references vote (community_id, id)
);
create function vote_to_history() returns trigger language plpgsql as $$
begin
    insert into vote_change (community_id, vote_id, revision, choice, cast_at, nonce, receipt)
    values (old.community_id, old.id, old.revision, old.choice, old.cast_at, old.nonce, old.receipt);
    return null;
end $$;
create trigger vote_keeps_history after update of choice on vote
    for each row when (old.choice is distinct from new.choice) execute function vote_to_history();

create table proposal_tally (
    community_id uuid not null,
    proposal_id uuid constraint proposal_tally_pk primary key,
    yes bigint not null,
    no bigint not null,
    abstain bigint not null,
    voters bigint not null,
    as_of timestamptz(6) not null,
    final boolean not null,
    constraint proposal_tally_of_proposal foreign key (community_id, proposal_id) references proposal (community_id, id)
);
--rollback drop table proposal_tally, vote_change, vote, elector, electorate;
--rollback drop function vote_to_history();
