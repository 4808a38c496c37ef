select p.* from proposal p
where p.id = cast(:id as uuid)
  and (p.status <> 'DRAFT' and p.outcome_reason is distinct from 'DISCARDED' or p.author_id = cast(:viewer as uuid))
  and community_visible_to(p.community_id, cast(:viewer as uuid))
for no key update
