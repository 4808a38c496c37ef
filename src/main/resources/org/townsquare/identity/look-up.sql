select s.id as session_id, u.id as user_id, u.platform_roles,
       (select json_agg(json_build_object('c', m.community_id, 's', m.status, 'r', m.roles))
        from member m where m.user_id = u.id) as standings
from session s
join users u on u.id = s.user_id
where s.token_hash = $1 and s.expires_at > clock_timestamp() and u.status = 'ACTIVE'
