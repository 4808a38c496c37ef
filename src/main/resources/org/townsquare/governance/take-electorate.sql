with rule as (
    select r.json ->> 'weighting' as weighting, r.json -> 'roleWeights' as role_weights,
           array(select jsonb_array_elements_text(r.json -> 'voterRoles'))::varchar[] as voter_roles,
           (r.json ->> 'tenureSeconds')::bigint * interval '1 second' as tenure
    from (select cast(cast(:rule as varchar) as jsonb) as json) r
), chosen as (
    insert into elector (community_id, electorate_id, user_id, weight, roles, basis)
    select m.community_id, cast(:id as uuid), m.user_id,
           case when r.weighting = 'BY_ROLE'
               then coalesce((select max(w.value::int) from jsonb_each_text(r.role_weights) w where w.key = any (m.roles)), 1)
               else 1 end,
           m.roles, case when cardinality(r.voter_roles) = 0 then 'MEMBER' else 'ROLE' end
    from member m join users u on u.id = m.user_id and u.status = 'ACTIVE', rule r
    where m.community_id = cast(:community as uuid) and m.status in ('ACTIVE', 'SUSPENDED') and member_status_now(m.status, m.suspended_until) = 'ACTIVE'
      and (cardinality(r.voter_roles) = 0 or m.roles && r.voter_roles)
      -- who joined is a member, whatever the clock of the service said then: it may be ahead of the database's
      and (r.tenure = interval '0' or m.joined_at <= cast(:now as timestamptz) - r.tenure)
    returning weight
)
insert into electorate (community_id, id, subject, version, created_at, updated_at, taken_at, electors, total_weight)
select cast(:community as uuid), cast(:id as uuid), cast(:subject as varchar), 0, cast(:now as timestamptz), cast(:now as timestamptz), cast(:now as timestamptz), count(*), sum(weight)
from chosen having count(*) > 0
returning electors, total_weight
