--liquibase formatted sql
--changeset townsquare:governance-0001 splitStatements:false
create table decision_rule (
    community_id uuid not null constraint decision_rule_community references community,
    id uuid not null,
    version bigint not null,
    created_at timestamptz(6) not null,
    updated_at timestamptz(6) not null,
    name varchar(80) not null,
    revision int not null constraint decision_rule_revision check (revision >= 1),
    voter_roles varchar[] not null constraint decision_rule_voter_roles check (voter_roles <@ array['CITIZEN', 'COUNCIL', 'ADMIN', 'ORGANIZER', 'BUSINESS', 'FINANCIAL', 'PARTNER']::varchar[]),
    tenure_seconds bigint not null constraint decision_rule_tenure check (tenure_seconds between 0 and 3162240000),
    weighting varchar not null constraint decision_rule_weighting check (weighting in ('EQUAL', 'BY_ROLE')),
    role_weights jsonb,
    quorum_kind varchar not null constraint decision_rule_quorum_kind check (quorum_kind in ('NONE', 'PARTICIPATION', 'AFFIRMATIVE', 'YES_PLUS_ABSTAIN')),
    quorum_num int not null,
    quorum_den int not null,
    quorum_at_least bigint not null,
    yes_at_least bigint not null constraint decision_rule_yes_at_least check (yes_at_least between 1 and 10000000000000),
    min_voting_seconds int not null,
    default_voting_seconds int not null,
    max_voting_seconds int not null,
    early_close varchar not null constraint decision_rule_early_close check (early_close in ('NEVER', 'ALL_VOTED', 'BY_COUNCIL')),
    self_review boolean not null,
    secrecy varchar not null constraint decision_rule_secrecy check (secrecy in ('PUBLIC', 'MEMBERS')),
    results varchar not null constraint decision_rule_results check (results in ('LIVE', 'AFTER_CLOSE')),
    is_default boolean not null,
    constraint decision_rule_pk primary key (community_id, id),
    constraint decision_rule_one_revision unique (community_id, name, revision),
    constraint decision_rule_role_weights check ((weighting = 'BY_ROLE') = (role_weights is not null)),
    constraint decision_rule_quorum check (quorum_num between 0 and quorum_den and quorum_den between 1 and 10000 and quorum_at_least between 0 and 10000000000000),
    constraint decision_rule_voting_time check (0 <= min_voting_seconds and min_voting_seconds <= default_voting_seconds
        and default_voting_seconds <= max_voting_seconds and max_voting_seconds <= 31622400)
);
create index decision_rule_by_id on decision_rule (id);
create unique index decision_rule_one_default on decision_rule (community_id) where is_default;

create table decision_threshold (
    community_id uuid not null,
    rule_id uuid not null,
    position smallint not null constraint decision_threshold_position check (position between 1 and 3),
    base varchar not null constraint decision_threshold_base check (base in ('CAST', 'PRESENT', 'ELECTORATE')),
    num int not null,
    den int not null,
    strict boolean not null,
    constraint decision_threshold_pk primary key (rule_id, position),
    constraint decision_threshold_of_rule foreign key (community_id, rule_id) references decision_rule (community_id, id),
    constraint decision_threshold_share check (1 <= num and num <= den and den <= 10000 and 2 * num >= den)
);

-- A revision is what proposals were opened under; only which one is the default may change.
create function decision_rule_refuses() returns trigger language plpgsql as $$
begin
    if tg_table_name = 'decision_rule' and tg_op = 'UPDATE' then
        old.is_default := new.is_default;
        old.version := new.version;
        old.updated_at := new.updated_at;
        if new is not distinct from old then
            return new;
        end if;
    end if;
    raise exception 'a decision rule never changes' using errcode = '42501';
end $$;
create trigger decision_rule_never_changes before update on decision_rule
    for each row execute function decision_rule_refuses();
create trigger decision_threshold_never_changes before update or delete on decision_threshold
    for each row execute function decision_rule_refuses();
--rollback drop table decision_threshold, decision_rule;
--rollback drop function decision_rule_refuses();
