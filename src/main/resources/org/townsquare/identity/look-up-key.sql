select k.id as credential_id, u.id as user_id, u.platform_roles, k.created_at, null::uuid as impersonated_by,
       k.scopes, k.community_id, k.per_minute,
       coalesce(k.last_used_at < clock_timestamp() - interval '5 minutes', true) as unseen,
       (select json_agg(json_build_object('c', m.community_id, 's', member_status_now(m.status, m.suspended_until), 'r', m.roles,
                                          'f', c.suspended_at is not null, 'n', c.settings -> 'narrow'))
        from member m join community c on c.id = m.community_id
        where m.user_id = u.id and c.deleted_at is null and (k.community_id is null or k.community_id = c.id)) as standings
from api_key k
join users u on u.id = k.user_id
where k.key_hash = $1 and k.expires_at > clock_timestamp() and k.revoked_at is null and u.status = 'ACTIVE'
