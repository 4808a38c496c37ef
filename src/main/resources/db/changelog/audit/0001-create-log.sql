--liquibase formatted sql
--changeset townsquare:audit-0001 splitStatements:false
-- Up to where the journal is sealed. The lock on its row elects the sealer.
create table log_head (
    log int not null,
    size bigint not null default 0,
    stream int not null default 0,
    created_xid xid8 not null default '0',
    entry_id uuid not null default '00000000-0000-0000-0000-000000000000',
    constraint log_head_pk primary key (log),
    constraint log_head_size check (size >= 0)
);
insert into log_head (log) values (1);

-- The leaves of the tree. The index in a community is without a gap, so that a community can see that none of its entries is kept from it.
create table log_leaf (
    log int not null,
    leaf_index bigint not null,
    entry_id uuid not null,
    community_id uuid,
    community_index bigint not null,
    leaf_hash bytea not null,
    constraint log_leaf_pk primary key (log, leaf_index),
    constraint log_leaf_one_per_entry unique (entry_id),
    constraint log_leaf_one_per_index unique nulls not distinct (community_id, community_index),
    constraint log_leaf_indexes check (leaf_index >= 0 and community_index >= 0),
    constraint log_leaf_sha256 check (octet_length(leaf_hash) = 32)
);

-- The roots of the full subtrees of 256 leaves and more. What lies below is computed from at most 256 leaves.
create table log_node (
    log int not null,
    level int not null,
    index bigint not null,
    hash bytea not null,
    constraint log_node_pk primary key (log, level, index),
    constraint log_node_level check (level between 8 and 62),
    constraint log_node_sha256 check (octet_length(hash) = 32)
);

create table log_checkpoint (
    log int not null,
    size bigint not null,
    root bytea not null,
    note varchar not null,
    signed_at timestamptz(6) not null,
    published_at timestamptz(6),
    constraint log_checkpoint_pk primary key (log, size),
    constraint log_checkpoint_sha256 check (octet_length(root) = 32)
);
create index log_checkpoint_unpublished on log_checkpoint (log, size) where published_at is null;

create trigger log_leaf_never_changes before update or delete on log_leaf
    for each row execute function journal_refuses();
create trigger log_leaf_never_truncated before truncate on log_leaf
    for each statement execute function journal_refuses();
create trigger log_node_never_changes before update or delete on log_node
    for each row execute function journal_refuses();
create trigger log_node_never_truncated before truncate on log_node
    for each statement execute function journal_refuses();
--rollback drop table log_checkpoint, log_node, log_leaf, log_head;
