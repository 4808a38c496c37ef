--liquibase formatted sql
--changeset townsquare:journal-0001 splitStatements:false
-- Transaction ids belong to one cluster: a stream is the part of the journal that one cluster wrote.
create table journal_stream (
    id int constraint journal_stream_pk primary key,
    opened_at timestamptz(6) not null default clock_timestamp(),
    closed_at timestamptz(6)
);
create unique index journal_stream_one_open on journal_stream ((closed_at is null)) where closed_at is null;
insert into journal_stream (id) values (1);

create table journal_entry (
    id uuid not null,
    stream int not null,
    created_xid xid8 not null default pg_current_xact_id(),
    at timestamptz(6) not null,
    community_id uuid,
    kind varchar not null,
    subject_type varchar not null,
    subject_id uuid not null,
    actor_id uuid,
    impersonator_id uuid,
    credential varchar not null,
    body bytea not null,
    constraint journal_entry_pk primary key (id)
) partition by range (id);
create index journal_entry_order on journal_entry (stream, created_xid, id);
create index journal_entry_by_community on journal_entry (community_id, id);
create index journal_entry_by_subject on journal_entry (subject_id, id);
create index journal_entry_by_actor on journal_entry (actor_id, id);

-- Where a request came from: dropped by the month after 90 days.
create table journal_origin (
    entry_id uuid not null,
    ip varchar not null,
    user_agent varchar,
    salt bytea not null,
    constraint journal_origin_pk primary key (entry_id)
) partition by range (entry_id);

-- What an entry commits to, until it is erased.
create table journal_text (
    entry_id uuid not null,
    field varchar not null,
    value varchar not null,
    salt bytea not null,
    constraint journal_text_pk primary key (entry_id, field)
);

create table follower (
    name varchar constraint follower_pk primary key,
    stream int not null default 0,
    created_xid xid8 not null default '0',
    entry_id uuid not null default '00000000-0000-0000-0000-000000000000',
    claimed_until timestamptz(6)
);
-- tries < the limit and a next try: the follower waits for this entry; no next try: it is dead and waits for an operator.
create table dead_entry (
    follower varchar not null constraint dead_entry_follower references follower (name),
    entry_id uuid not null,
    error varchar not null,
    tries int not null,
    next_try_at timestamptz(6),
    constraint dead_entry_pk primary key (follower, entry_id)
);

create function journal_refuses() returns trigger language plpgsql as $$
begin
    raise exception 'the journal is append-only' using errcode = '42501';
end $$;
create trigger journal_entry_never_changes before update or delete on journal_entry
    for each row execute function journal_refuses();
create trigger journal_entry_never_truncated before truncate on journal_entry
    for each statement execute function journal_refuses();

-- Partitions by the month of the id (UUIDv7: the first 48 bits are milliseconds), from last month to some months ahead.
create function journal_partitions_ahead(months int) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    month timestamptz;
    low uuid;
    high uuid;
    name text;
begin
    perform pg_advisory_xact_lock(hashtext('journal_partitions_ahead'));
    for i in -1 .. months loop
        month := date_trunc('month', now() at time zone 'UTC') at time zone 'UTC';
        month := ((month at time zone 'UTC') + make_interval(months => i)) at time zone 'UTC';
        low := (lpad(to_hex((extract(epoch from month) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid;
        month := ((month at time zone 'UTC') + interval '1 month') at time zone 'UTC';
        high := (lpad(to_hex((extract(epoch from month) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid;
        month := ((month at time zone 'UTC') - interval '1 month') at time zone 'UTC';
        name := 'journal_entry_' || to_char(month at time zone 'UTC', 'YYYY_MM');
        if to_regclass(name) is null then
            execute format('create table %I partition of journal_entry for values from (%L) to (%L)', name, low, high);
            execute format('create trigger journal_entry_never_truncated before truncate on %I
                for each statement execute function journal_refuses()', name);
        end if;
        name := 'journal_origin_' || to_char(month at time zone 'UTC', 'YYYY_MM');
        if to_regclass(name) is null then
            execute format('create table %I partition of journal_origin for values from (%L) to (%L)', name, low, high);
        end if;
    end loop;
end $$;
select journal_partitions_ahead(3);
--rollback drop function journal_partitions_ahead(int);
--rollback drop table dead_entry, follower, journal_text, journal_origin, journal_entry, journal_stream;
--rollback drop function journal_refuses();
