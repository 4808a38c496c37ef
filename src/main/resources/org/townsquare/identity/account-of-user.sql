select lower(u.email) as key, a.user_id, a.password_hash,
       exists (select from session s
               where s.user_id = a.user_id and s.network = $2::bytea and s.impersonated_by is null
                 and s.created_at > clock_timestamp() - interval '30 days') as familiar
from users u
left join account a on a.user_id = u.id and a.provider = 'PASSWORD'
where u.id = $1::uuid and u.status = 'ACTIVE'
