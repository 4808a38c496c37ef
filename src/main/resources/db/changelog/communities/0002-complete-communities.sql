--liquibase formatted sql
--changeset townsquare:communities-0002 splitStatements:false
alter table community
    add column settings jsonb not null default '{}' constraint community_settings check (jsonb_typeof(settings) = 'object'),
    add column suspended_at timestamptz(6),
    add column deleted_at timestamptz(6);
-- a deleted community frees its slug
drop index community_slug;
create unique index community_slug on community (lower(slug)) where deleted_at is null;
create index community_deleted on community (deleted_at, id) where deleted_at is not null;

alter table member
    drop constraint member_status,
    add column status_reason varchar(500),
    add column suspended_until timestamptz(6);
alter table member
    add constraint member_status check (status in ('PENDING', 'ACTIVE', 'SUSPENDED', 'BANNED', 'LEFT')),
    add constraint member_suspended_until check (suspended_until is null or status = 'SUSPENDED'),
    add constraint member_roles_of_status check (case when status in ('ACTIVE', 'SUSPENDED') then roles @> array['CITIZEN']::varchar[] else roles = '{}' end);

create table invitation (
    community_id uuid not null constraint invitation_community references community,
    id uuid not null,
    version bigint not null,
    created_at timestamptz(6) not null,
    updated_at timestamptz(6) not null,
    email varchar(254),
    roles varchar[] not null constraint invitation_roles check (roles <@ array['CITIZEN', 'COUNCIL', 'ADMIN', 'ORGANIZER', 'BUSINESS', 'FINANCIAL', 'PARTNER']::varchar[]),
    invited_by uuid not null constraint invitation_invited_by references users,
    max_uses int not null,
    uses int not null default 0,
    expires_at timestamptz(6) not null,
    declined_at timestamptz(6),
    revoked_at timestamptz(6),
    constraint invitation_pk primary key (community_id, id),
    constraint invitation_uses check (max_uses >= 1 and uses between 0 and max_uses),
    constraint invitation_by_mail_once check (email is null or max_uses = 1),
    constraint invitation_declined check (declined_at is null or email is not null)
);
create index invitation_by_id on invitation (id);
create index invitation_by_inviter on invitation (invited_by);

alter table api_key add constraint api_key_community foreign key (community_id) references community;

-- A suspension that has run out counts as lifted.
create function member_status_now(status varchar, suspended_until timestamptz) returns varchar language sql volatile parallel safe as $$
    select case when $1 = 'SUSPENDED' and $2 <= clock_timestamp() then 'ACTIVE' else $1 end
$$;

-- Who sees a community: the same as the condition on Community in Java.
create or replace function community_visible_to(community uuid, viewer uuid) returns boolean language sql stable as $$
    select exists (
        select from community c
        where c.id = $1 and c.deleted_at is null and (c.visibility = 'PUBLIC' and c.suspended_at is null
            or exists (select from member m where m.community_id = c.id and m.user_id = $2 and m.status in ('ACTIVE', 'SUSPENDED'))))
$$;

-- A promise: no community is ever without somebody who may give roles. Must be empty.
create view invariant_community_without_admin as
    select c.id from community c
    where c.deleted_at is null
      and not exists (select from member m where m.community_id = c.id and m.status = 'ACTIVE' and 'ADMIN' = any (m.roles));
--rollback drop view invariant_community_without_admin;
--rollback create or replace function community_visible_to(community uuid, viewer uuid) returns boolean language sql stable as $$
--rollback     select exists (
--rollback         select from community c
--rollback         where c.id = $1 and (c.visibility = 'PUBLIC'
--rollback             or exists (select from member m where m.community_id = c.id and m.user_id = $2 and m.status = 'ACTIVE')))
--rollback $$;
--rollback drop function member_status_now(varchar, timestamptz);
--rollback alter table api_key drop constraint api_key_community;
--rollback drop table invitation;
--rollback alter table member drop constraint member_roles_of_status, drop constraint member_suspended_until, drop constraint member_status, drop column status_reason, drop column suspended_until;
--rollback delete from member where status not in ('PENDING', 'ACTIVE');
--rollback alter table member add constraint member_status check (status in ('PENDING', 'ACTIVE'));
--rollback drop index community_slug;
--rollback alter table community drop column settings, drop column suspended_at, drop column deleted_at;
--rollback create unique index community_slug on community (lower(slug));
