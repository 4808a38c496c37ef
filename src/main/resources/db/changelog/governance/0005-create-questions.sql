--liquibase formatted sql
--changeset townsquare:governance-0005 splitStatements:false
create table question (
    community_id uuid not null constraint question_community references community,
    id uuid not null,
    version bigint not null,
    created_at timestamptz(6) not null,
    updated_at timestamptz(6) not null,
    created_by uuid not null,
    revision int not null constraint question_revision check (revision >= 0),
    title varchar(200) not null,
    description varchar(20000) not null,
    method varchar not null constraint question_method check (method in ('SINGLE_CHOICE', 'APPROVAL', 'RANKED', 'SCORE')),
    counting varchar constraint question_counting_known check (counting in ('IRV', 'SCHULZE')),
    secrecy varchar not null constraint question_secrecy check (secrecy in ('PUBLIC', 'MEMBERS')),
    results varchar not null constraint question_results check (results in ('LIVE', 'AFTER_CLOSE')),
    state varchar not null constraint question_state check (state in ('DRAFT', 'OPEN', 'CLOSED')),
    allow_blank boolean not null,
    min_choices smallint not null,
    max_choices smallint not null,
    max_score smallint,
    rule_id uuid,
    rule jsonb,
    rule_hash bytea,
    opened_at timestamptz(6),
    closes_at timestamptz(6),
    closed_at timestamptz(6),
    closed_by uuid,
    cancelled_at timestamptz(6),
    cancel_reason varchar(5000),
    result jsonb,
    constraint question_pk primary key (community_id, id),
    constraint question_one_secrecy unique (community_id, id, secrecy),
    constraint question_author foreign key (community_id, created_by) references member (community_id, user_id),
    constraint question_closer foreign key (community_id, closed_by) references member (community_id, user_id),
    constraint question_rule foreign key (community_id, rule_id) references decision_rule (community_id, id),
    constraint question_counting check ((method = 'RANKED') = (counting is not null)),
    constraint question_max_score check ((method = 'SCORE') = (max_score is not null) and max_score between 1 and 100),
    constraint question_choices check (1 <= min_choices and min_choices <= max_choices and max_choices <= 50
        and (method = 'APPROVAL' or (min_choices, max_choices) = (1, 1))),
    constraint question_draft check ((state = 'DRAFT') = (opened_at is null)),
    constraint question_opened_whole check (num_nulls(opened_at, closes_at, rule, rule_hash) in (0, 4) and closes_at > opened_at
        and (opened_at is null or rule_id is not null)),
    constraint question_closed_whole check ((state = 'CLOSED') = (closed_at is not null) and (closed_at is null) = (result is null)),
    constraint question_closed_by check (closed_by is null or state = 'CLOSED'),
    constraint question_cancelled check (num_nulls(cancelled_at, cancel_reason) in (0, 2) and (cancelled_at is null or state = 'CLOSED'))
);
create index question_by_id on question (id);
create index question_list on question (community_id, state, id desc);
create index question_due on question (closes_at, id) where state = 'OPEN';
create index question_by_author on question (community_id, created_by, id desc);
create index question_by_closer on question (community_id, closed_by) where closed_by is not null;
create index question_by_rule on question (community_id, rule_id) where rule_id is not null;

create table question_option (
    community_id uuid not null,
    id uuid not null,
    version bigint not null,
    created_at timestamptz(6) not null,
    updated_at timestamptz(6) not null,
    question_id uuid not null,
    position smallint not null constraint question_option_place check (position between 1 and 50),
    label varchar(200) not null,
    description varchar(5000),
    status_quo boolean not null,
    tie_order smallint constraint question_option_tie check (tie_order between 1 and 50 and (not status_quo or tie_order = 1)),
    constraint question_option_pk primary key (community_id, id),
    constraint question_option_of_question foreign key (community_id, question_id) references question (community_id, id),
    constraint question_option_position unique (question_id, position),
    constraint question_option_tie_order unique (question_id, tie_order)
);
create index question_option_by_id on question_option (id);
create index question_option_by_question on question_option (community_id, question_id);
create unique index question_option_label on question_option (question_id, lower(label));
create unique index question_option_status_quo on question_option (question_id) where status_quo;

-- An electorate is that of a proposal or of a question, with the id of it: the two columns that follow from that carry the references.
alter table electorate
    drop constraint electorate_of_proposal,
    add column subject varchar not null default 'PROPOSAL' constraint electorate_subject check (subject in ('PROPOSAL', 'QUESTION')),
    add column proposal_id uuid generated always as (case when subject = 'PROPOSAL' then id end) stored,
    add column question_id uuid generated always as (case when subject = 'QUESTION' then id end) stored,
    add constraint electorate_of_proposal foreign key (community_id, proposal_id) references proposal (community_id, id),
    add constraint electorate_of_question foreign key (community_id, question_id) references question (community_id, id);

create table participation (
    community_id uuid not null,
    question_id uuid not null,
    user_id uuid not null,
    first_cast_at timestamptz(6) not null,
    constraint participation_pk primary key (question_id, user_id),
    constraint participation_of_question foreign key (community_id, question_id) references question (community_id, id),
    constraint participation_of_elector foreign key (question_id, user_id) references elector (electorate_id, user_id)
);

create table ballot (
    community_id uuid not null,
    id uuid not null,
    question_id uuid not null,
    secrecy varchar not null,
    user_id uuid,
    weight int not null constraint ballot_weight check (weight between 1 and 1000000),
    marks smallint[] not null constraint ballot_marks check (cardinality(marks) between 2 and 50),
    cast_at timestamptz(6),
    revision int,
    nonce bytea constraint ballot_nonce check (octet_length(nonce) = 16),
    receipt bytea not null constraint ballot_receipt_length check (octet_length(receipt) = 32),
    constraint ballot_pk primary key (community_id, id),
    constraint ballot_of_question foreign key (community_id, question_id, secrecy) references question (community_id, id, secrecy),
    constraint ballot_of_elector foreign key (question_id, user_id) references elector (electorate_id, user_id),
    constraint ballot_receipt unique (question_id, receipt),
    -- a secret ballot would hold no person and no time
    constraint ballot_whole check (num_nulls(user_id, cast_at, revision, nonce) = 0)
);
create index ballot_by_id on ballot (id);
create unique index ballot_one_per_elector on ballot (question_id, user_id) where user_id is not null;
create index ballot_by_user on ballot (user_id, question_id);
create index ballot_list on ballot (question_id, id);
--rollback drop table ballot, participation;
--rollback alter table electorate drop constraint electorate_of_question, drop constraint electorate_of_proposal, drop column question_id, drop column proposal_id, drop column subject;
--rollback alter table electorate add constraint electorate_of_proposal foreign key (community_id, id) references proposal (community_id, id);
--rollback drop table question_option, question;
