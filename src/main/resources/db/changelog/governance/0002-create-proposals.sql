--liquibase formatted sql
--changeset townsquare:governance-0002 splitStatements:false
create table proposal (
    community_id uuid not null constraint proposal_community references community,
    id uuid not null,
    version bigint not null,
    created_at timestamptz(6) not null,
    updated_at timestamptz(6) not null,
    author_id uuid not null,
    title varchar(200) not null,
    description varchar(50000) not null,
    status varchar not null constraint proposal_status check (status in ('DRAFT', 'UNDER_REVIEW', 'VOTING', 'PASSED', 'REJECTED')),
    submitted_at timestamptz(6),
    text_hash bytea,
    reviewed_by uuid,
    reviewed_at timestamptz(6),
    review_note varchar(5000),
    rule_id uuid,
    rule jsonb,
    rule_hash bytea,
    voting_started_at timestamptz(6),
    closes_at timestamptz(6),
    voting_closed_at timestamptz(6),
    closed_by uuid,
    outcome varchar constraint proposal_outcome_known check (outcome in ('PASSED', 'REJECTED')),
    outcome_reason varchar constraint proposal_reason_known check (outcome_reason in
        ('REVIEW_REJECTED', 'NO_VOTES', 'QUORUM_NOT_MET', 'TIE', 'THRESHOLD_NOT_MET', 'THRESHOLD_MET')),
    explanation jsonb,
    constraint proposal_pk primary key (community_id, id),
    constraint proposal_author foreign key (community_id, author_id) references member (community_id, user_id),
    constraint proposal_reviewer foreign key (community_id, reviewed_by) references member (community_id, user_id),
    constraint proposal_closer foreign key (community_id, closed_by) references member (community_id, user_id),
    constraint proposal_rule foreign key (community_id, rule_id) references decision_rule (community_id, id),
    constraint proposal_not_opened check (status not in ('DRAFT', 'UNDER_REVIEW') or voting_started_at is null),
    constraint proposal_opened_whole check (num_nulls(voting_started_at, closes_at, rule, rule_hash) in (0, 4)
        and closes_at > voting_started_at),
    constraint proposal_voting check (status <> 'VOTING' or (voting_started_at is not null and voting_closed_at is null)),
    constraint proposal_outcome check (case when status in ('PASSED', 'REJECTED') then outcome is not null and outcome = status else outcome is null end),
    constraint proposal_reason check ((outcome_reason is null) = (status in ('DRAFT', 'UNDER_REVIEW', 'VOTING')))
);
create index proposal_by_id on proposal (id);
create index proposal_list on proposal (community_id, status, id desc);
create index proposal_by_author on proposal (community_id, author_id, id desc);
create index proposal_due on proposal (closes_at) where status = 'VOTING';
create index proposal_by_reviewer on proposal (community_id, reviewed_by) where reviewed_by is not null;
create index proposal_by_closer on proposal (community_id, closed_by) where closed_by is not null;
create index proposal_by_rule on proposal (community_id, rule_id) where rule_id is not null;

create table proposal_text (
    community_id uuid not null,
    id uuid not null,
    version bigint not null,
    created_at timestamptz(6) not null,
    updated_at timestamptz(6) not null,
    proposal_id uuid not null,
    revision int not null,
    title varchar(200) not null,
    description varchar(50000) not null,
    constraint proposal_text_pk primary key (community_id, id),
    constraint proposal_text_one_revision unique (proposal_id, revision),
    constraint proposal_text_of_proposal foreign key (community_id, proposal_id) references proposal (community_id, id)
);
create index proposal_text_by_id on proposal_text (id);

create table review (
    community_id uuid not null,
    id uuid not null,
    version bigint not null,
    created_at timestamptz(6) not null,
    updated_at timestamptz(6) not null,
    proposal_id uuid not null,
    reviewer_id uuid not null,
    decision varchar not null constraint review_decision check (decision in ('APPROVE', 'RETURN', 'REJECT')),
    note varchar(5000) not null,
    constraint review_pk primary key (community_id, id),
    constraint review_of_proposal foreign key (community_id, proposal_id) references proposal (community_id, id),
    constraint review_reviewer foreign key (community_id, reviewer_id) references member (community_id, user_id),
    constraint review_note check (decision = 'APPROVE' or note <> '')
);
create index review_by_id on review (id);
create index review_list on review (proposal_id, id);
create index review_by_reviewer on review (community_id, reviewer_id);
create function review_refuses() returns trigger language plpgsql as $$
begin
    raise exception 'reviews are append-only' using errcode = '42501';
end $$;
create trigger review_never_changes before update or delete on review
    for each row execute function review_refuses();
--rollback drop table review, proposal_text, proposal;
--rollback drop function review_refuses();
