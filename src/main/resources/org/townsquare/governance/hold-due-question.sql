select q.* from question q
where q.id = cast(:id as uuid) and q.state = 'OPEN'
  and (q.closes_at <= clock_timestamp() or q.rule ->> 'earlyCloseByItself' = 'true')
for update
