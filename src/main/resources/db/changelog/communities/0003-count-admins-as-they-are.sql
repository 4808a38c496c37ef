--liquibase formatted sql
--changeset townsquare:communities-0003 splitStatements:false
-- A promise: no community is ever without somebody who may give roles now. A suspension that has run out is over, and a disabled account may nothing.
create or replace view invariant_community_without_admin as
    select c.id from community c
    where c.deleted_at is null
      and not exists (select from member m join users u on u.id = m.user_id and u.status = 'ACTIVE'
                      where m.community_id = c.id and member_status_now(m.status, m.suspended_until) = 'ACTIVE' and 'ADMIN' = any (m.roles));
--rollback create or replace view invariant_community_without_admin as
--rollback     select c.id from community c
--rollback     where c.deleted_at is null
--rollback       and not exists (select from member m where m.community_id = c.id and m.status = 'ACTIVE' and 'ADMIN' = any (m.roles));
