select q.* from question q
where q.id = cast(:id as uuid) and community_visible_to(q.community_id, cast(:viewer as uuid))
for no key update
