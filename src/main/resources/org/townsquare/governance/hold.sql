select p.* from proposal p
join community c on c.id = p.community_id
where p.id = cast(:proposal as uuid) and (p.status <> 'DRAFT' or p.author_id = cast(:viewer as uuid))
  and (c.visibility = 'PUBLIC'
       or exists (select 1 from member m where m.community_id = p.community_id and m.user_id = cast(:viewer as uuid) and m.status = 'ACTIVE'))
for update of p
