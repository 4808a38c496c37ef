-- what a ballot on it may say, and how the caller stands to it
select q.community_id, q.opened_at is not null as opened, q.state <> 'OPEN' or q.closes_at <= clock_timestamp() as closed,
       e.user_id is not null as elector, q.method, q.counting, q.allow_blank, q.min_choices, q.max_choices, q.max_score,
       array(select o.id from question_option o where o.community_id = q.community_id and o.question_id = q.id order by o.position) as options,
       array_to_string(b.marks, ',', '') as marks, b.cast_at, b.receipt,
       ballot_wait(q.id, $2, $4) as wait
from question q
left join elector e on e.electorate_id = q.id and e.user_id = $2
left join ballot b on b.question_id = q.id and b.user_id = $2
where q.id = $1
  -- who has left keeps the ballot of an electorate that they are in
  and (community_visible_to(q.community_id, $2) or e.user_id is not null and q.community_id = any ($3::uuid[]))
