--liquibase formatted sql
--changeset townsquare:governance-0004 splitStatements:false
create table comment (
    community_id uuid not null,
    id uuid not null,
    version bigint not null,
    created_at timestamptz(6) not null,
    updated_at timestamptz(6) not null,
    proposal_id uuid not null,
    author_id uuid not null,
    parent_id uuid,
    depth smallint not null constraint comment_depth check (depth between 0 and 4),
    content varchar(5000) not null,
    revision int not null constraint comment_revision check (revision >= 0),
    edited_at timestamptz(6),
    hidden_at timestamptz(6),
    hidden_by uuid,
    hide_reason varchar(500),
    deleted_at timestamptz(6),
    constraint comment_pk primary key (community_id, id),
    -- what a reply refers to, so that it stays on one proposal
    constraint comment_of_proposal unique (community_id, proposal_id, id),
    constraint comment_proposal foreign key (community_id, proposal_id) references proposal (community_id, id),
    constraint comment_author foreign key (community_id, author_id) references member (community_id, user_id),
    constraint comment_parent foreign key (community_id, proposal_id, parent_id) references comment (community_id, proposal_id, id),
    constraint comment_hider foreign key (community_id, hidden_by) references member (community_id, user_id),
    constraint comment_reply check ((parent_id is null) = (depth = 0)),
    constraint comment_hidden_whole check (num_nulls(hidden_at, hidden_by, hide_reason) in (0, 3)),
    constraint comment_edited check ((edited_at is null) = (revision = 0)),
    constraint comment_deleted check ((deleted_at is null) = (content <> ''))
);
create index comment_by_id on comment (id);
create index comment_list on comment (proposal_id, id);
create index comment_by_parent on comment (parent_id) where parent_id is not null;
create index comment_by_author on comment (community_id, author_id, id desc);
create index comment_of_author on comment (author_id, id desc);
create index comment_by_hider on comment (community_id, hidden_by) where hidden_by is not null;

create table comment_edit (
    community_id uuid not null,
    comment_id uuid not null,
    revision int not null,
    content varchar(5000) not null,
    replaced_at timestamptz(6) not null,
    constraint comment_edit_pk primary key (comment_id, revision),
    constraint comment_edit_of_comment foreign key (community_id, comment_id) references comment (community_id, id)
);
create index comment_edit_by_comment on comment_edit (community_id, comment_id);
--rollback drop table comment_edit, comment;
