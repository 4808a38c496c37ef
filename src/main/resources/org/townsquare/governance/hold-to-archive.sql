select p.* from proposal p
where p.id = cast(:id as uuid) and p.status in ('PASSED', 'REJECTED')
  and coalesce(p.voting_closed_at, p.reviewed_at) <= clock_timestamp() - interval '365 days'
for no key update
