select cast(json_build_object(
    'voters', p.voters, 'weight', p.weight,
    'hours', (
        select coalesce(json_agg(json_build_object('from', to_char(h.hour at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'count', h.voters) order by h.hour), '[]')
        from (
            select date_trunc('hour', x.first_cast_at, 'UTC') as hour, count(*) as voters
            from participation x where x.question_id = cast(:question as uuid) group by 1
        ) h),
    'byRole', (
        select coalesce(json_agg(json_build_object('role', r.role, 'electors', r.electors, 'voters', r.voters) order by r.role), '[]')
        from (
            select role, count(*) as electors, count(x.user_id) as voters
            from elector e cross join unnest(e.roles) as role
            left join participation x on x.question_id = e.electorate_id and x.user_id = e.user_id
            where e.electorate_id = cast(:question as uuid) group by role
        ) r)
) as varchar)
from (
    select count(*) as voters, coalesce(sum(e.weight), 0) as weight
    from participation x join elector e on e.electorate_id = x.question_id and e.user_id = x.user_id
    where x.question_id = cast(:question as uuid)
) p
