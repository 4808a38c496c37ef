--liquibase formatted sql
--changeset townsquare:communities-0001 splitStatements:false
create table market (
    id uuid constraint market_pk primary key,
    version bigint not null,
    created_at timestamptz(6) not null,
    updated_at timestamptz(6) not null,
    code varchar(40) not null constraint market_code unique,
    name varchar(120) not null,
    country varchar(2),
    currency varchar(3) not null constraint market_currency check (currency ~ '^[A-Z]{3}$'),
    locale varchar(35) not null,
    time_zone varchar(64) not null
);
insert into market (id, version, created_at, updated_at, code, name, country, currency, locale, time_zone)
values ('00000000-0000-7000-8000-000000000001', 0, clock_timestamp(), clock_timestamp(), 'default', 'Default',
        nullif('${market.country}', 'none'), '${market.currency}', '${market.locale}', '${market.zone}');

create table community (
    id uuid constraint community_pk primary key,
    version bigint not null,
    created_at timestamptz(6) not null,
    updated_at timestamptz(6) not null,
    market_id uuid not null constraint community_market references market,
    slug varchar(63) not null constraint community_slug_form check (slug ~ '^[a-z0-9][a-z0-9-]{1,62}$'),
    name varchar(120) not null,
    description varchar(5000),
    visibility varchar not null constraint community_visibility check (visibility in ('PUBLIC', 'PRIVATE')),
    join_policy varchar not null constraint community_join_policy check (join_policy in ('OPEN', 'REQUEST', 'INVITE')),
    metadata jsonb not null default '{}' constraint community_metadata check (jsonb_typeof(metadata) = 'object' and length(metadata::text) <= 16384),
    created_by uuid not null constraint community_created_by references users
);
create unique index community_slug on community (lower(slug));
create index community_by_market on community (market_id, id);
create index community_by_name on community (lower(name));
create index community_by_creator on community (created_by);

create table member (
    community_id uuid not null constraint member_community references community,
    id uuid not null,
    version bigint not null,
    created_at timestamptz(6) not null,
    updated_at timestamptz(6) not null,
    user_id uuid not null constraint member_user references users,
    status varchar not null constraint member_status check (status in ('PENDING', 'ACTIVE')),
    roles varchar[] not null constraint member_roles check (roles <@ array['CITIZEN', 'COUNCIL', 'ADMIN', 'ORGANIZER', 'BUSINESS', 'FINANCIAL', 'PARTNER']::varchar[]),
    joined_at timestamptz(6),
    status_changed_at timestamptz(6) not null,
    status_changed_by uuid constraint member_status_changed_by references users,
    constraint member_pk primary key (community_id, id),
    constraint member_once unique (community_id, user_id),
    constraint member_joined check (status <> 'ACTIVE' or joined_at is not null)
);
create index member_by_id on member (id);
create index member_by_user on member (user_id);
create index member_by_status on member (community_id, status, user_id);
create index member_by_role on member using gin (roles);
create index member_by_status_changer on member (status_changed_by);

-- Who sees a community: the same as the condition on Community in Java.
create function community_visible_to(community uuid, viewer uuid) returns boolean language sql stable as $$
    select exists (
        select from community c
        where c.id = $1 and (c.visibility = 'PUBLIC'
            or exists (select from member m where m.community_id = c.id and m.user_id = $2 and m.status = 'ACTIVE')))
$$;
--rollback drop function community_visible_to(uuid, uuid);
--rollback drop table member, community, market;
