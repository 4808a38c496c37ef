select q.* from question q
where q.id = cast(:question as uuid) and community_visible_to(q.community_id, cast(:viewer as uuid))
for no key update
