with rule as (
    select r.json ->> 'weighting' as weighting, r.json -> 'roleWeights' as role_weights,
           array(select jsonb_array_elements_text(r.json -> 'voterRoles'))::varchar[] as voter_roles,
           (r.json ->> 'tenureSeconds')::bigint * interval '1 second' as tenure,
           (r.json ->> 'attendanceGroupId')::uuid as group_id, (r.json ->> 'attendanceLast')::int as last_events,
           (r.json ->> 'attendanceAtLeast')::int as at_least, cast(nullif(cast(:presence as varchar), '') as uuid) as presence
    from (select cast(cast(:rule as varchar) as jsonb) as json) r
), counted_event as materialized (
    select e.event_id from past_event e
    where e.community_id = cast(:community as uuid) and e.group_id = (select group_id from rule) and e.end_time < cast(:now as timestamptz)
    order by e.start_time desc, e.event_id desc
    limit (select last_events from rule)
), attended as materialized (
    select c.user_id, count(distinct c.event_id)::smallint as events
    from counted_event e join attendance_credit c on c.event_id = e.event_id
    where c.community_id = cast(:community as uuid) and c.checked_in_at < cast(:now as timestamptz)
    group by c.user_id
), chosen as (
    insert into elector (community_id, electorate_id, user_id, weight, roles, basis, attended)
    select m.community_id, cast(:proposal as uuid), m.user_id,
           case when r.weighting = 'BY_ROLE'
               then coalesce((select max(w.value::int) from jsonb_each_text(r.role_weights) w where w.key = any (m.roles)), 1)
               else 1 end,
           m.roles,
           case when r.presence is not null then 'PRESENCE' when r.group_id is not null then 'ATTENDANCE'
               when cardinality(r.voter_roles) > 0 then 'ROLE' else 'MEMBER' end,
           case when r.group_id is not null then coalesce(a.events, 0) end
    from member m join users u on u.id = m.user_id and u.status = 'ACTIVE' cross join rule r left join attended a on a.user_id = m.user_id
    where m.community_id = cast(:community as uuid) and m.status in ('ACTIVE', 'SUSPENDED') and member_status_now(m.status, m.suspended_until) = 'ACTIVE'
      and (cardinality(r.voter_roles) = 0 or m.roles && r.voter_roles)
      -- who joined is a member, whatever the clock of the service said then: it may be ahead of the database's
      and (r.tenure = interval '0' or m.joined_at <= cast(:now as timestamptz) - r.tenure)
      and (r.group_id is null or a.events >= r.at_least)
      and (r.presence is null or exists (
          select from attendance_credit c
          where c.community_id = m.community_id and c.event_id = r.presence and c.user_id = m.user_id and c.checked_in_at < cast(:now as timestamptz)))
    returning weight
)
insert into electorate (community_id, id, version, created_at, updated_at, taken_at, electors, total_weight)
select cast(:community as uuid), cast(:proposal as uuid), 0, cast(:now as timestamptz), cast(:now as timestamptz), cast(:now as timestamptz), count(*), sum(weight)
from chosen having count(*) > 0
returning electors, total_weight
