select s.id as credential_id, u.id as user_id, u.platform_roles, s.created_at, s.impersonated_by,
       null::varchar[] as scopes, null::uuid as community_id, null::int as per_minute,
       s.last_seen_at < clock_timestamp() - interval '5 minutes' as unseen,
       (select json_agg(json_build_object('c', m.community_id, 's', member_status_now(m.status, m.suspended_until), 'r', m.roles,
                                          'f', c.suspended_at is not null, 'n', c.settings -> 'narrow'))
        from member m join community c on c.id = m.community_id
        where m.user_id = u.id and c.deleted_at is null) as standings
from session s
join users u on u.id = s.user_id
where s.token_hash = $1 and s.ended_at is null and s.expires_at > clock_timestamp() and s.idle_until > clock_timestamp() and u.status = 'ACTIVE'
  -- who acts as another must still be one who may, and the other must be none
  and (s.impersonated_by is null
       or u.platform_roles = '{}'
          and exists (select from users a where a.id = s.impersonated_by and a.status = 'ACTIVE' and 'PLATFORM_ADMIN' = any (a.platform_roles)))
