select q.* from question q
where q.id = cast(:question as uuid) and q.state = 'OPEN'
  and (q.closes_at <= clock_timestamp() or q.rule ->> 'earlyCloseByItself' = 'true')
for update
