select cast(json_build_object(
    'memberships', (
        select coalesce(json_agg(json_build_object(
            'communityId', m.community_id, 'community', case when community_visible_to(c.id, cast(:user as uuid)) then c.name end, 'status', member_status_now(m.status, m.suspended_until), 'roles', m.roles,
            'joinedAt', to_char(m.joined_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
            'statusChangedAt', to_char(m.status_changed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
            'statusReason', m.status_reason,
            'suspendedUntil', to_char(m.suspended_until at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')) order by m.id), '[]')
        from member m join community c on c.id = m.community_id
        where m.user_id = cast(:user as uuid)),
    'invitationsSent', (
        select coalesce(json_agg(json_build_object(
            'communityId', i.community_id, 'email', i.email, 'roles', i.roles, 'maxUses', i.max_uses, 'uses', i.uses,
            'sentAt', to_char(i.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
            'expiresAt', to_char(i.expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')) order by i.id), '[]')
        from invitation i
        where i.invited_by = cast(:user as uuid))) as text)
