-- by way of the communities that the user ever was in, where the indexes begin
select cast(json_build_object(
    'proposals', (
        select coalesce(json_agg(json_build_object(
            'id', p.id, 'communityId', p.community_id, 'title', p.title, 'description', p.description, 'status', p.status,
            'draftedAt', to_char(p.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
            'submittedAt', to_char(p.submitted_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')) order by p.id), '[]')
        from member m join proposal p on p.community_id = m.community_id and p.author_id = m.user_id
        where m.user_id = cast(:user as uuid)),
    'votes', (
        select coalesce(json_agg(json_build_object(
            'proposalId', v.proposal_id, 'communityId', v.community_id, 'choice', v.choice, 'weight', v.weight,
            'castAt', to_char(v.cast_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
            'receipt', rtrim(translate(encode(v.receipt, 'base64'), '+/', '-_'), '=')) order by v.id), '[]')
        from member m join proposal p on p.community_id = m.community_id join vote v on v.proposal_id = p.id and v.user_id = m.user_id
        where m.user_id = cast(:user as uuid)),
    'comments', (
        select coalesce(json_agg(json_build_object(
            'id', c.id, 'communityId', c.community_id, 'proposalId', c.proposal_id, 'parentId', c.parent_id, 'content', c.content,
            'earlier', (select coalesce(json_agg(e.content order by e.revision), '[]') from comment_edit e where e.comment_id = c.id),
            'writtenAt', to_char(c.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
            'hiddenBecause', c.hide_reason) order by c.id), '[]')
        from comment c
        where c.author_id = cast(:user as uuid) and c.deleted_at is null)) as text)
