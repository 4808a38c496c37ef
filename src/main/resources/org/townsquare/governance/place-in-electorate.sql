-- one row: the elector, if this person is one; else how they stand as a member, and whether they attended what was asked
with rule as (
    select p.community_id, p.rule, p.presence_event_id, e.taken_at,
           (p.rule ->> 'attendanceGroupId')::uuid as group_id, (p.rule ->> 'attendanceLast')::int as last_events, (p.rule ->> 'attendanceAtLeast')::int as at_least
    from proposal p join electorate e on e.id = p.id
    where p.id = cast(:proposal as uuid)
)
select o.weight, m.status, m.joined_at, m.status_changed_at, m.suspended_until, cast(array_to_string(m.roles, ',') as varchar) as roles,
       (r.presence_event_id is null or exists (
           select from attendance_credit c
           where c.community_id = r.community_id and c.event_id = r.presence_event_id and c.user_id = m.user_id and c.checked_in_at < r.taken_at))
       and (r.group_id is null or r.at_least <= (
           select count(distinct c.event_id)
           from (select e.event_id from past_event e
                 where e.community_id = r.community_id and e.group_id = r.group_id and e.end_time < r.taken_at
                 order by e.start_time desc, e.event_id desc limit r.last_events) l
           join attendance_credit c on c.event_id = l.event_id
           where c.community_id = r.community_id and c.user_id = m.user_id and c.checked_in_at < r.taken_at)) as attended
from rule r
left join elector o on o.electorate_id = cast(:proposal as uuid) and o.user_id = cast(:viewer as uuid)
left join member m on m.community_id = r.community_id and m.user_id = cast(:viewer as uuid)
