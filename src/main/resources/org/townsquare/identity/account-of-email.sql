select lower($1::varchar) as key, a.user_id, a.password_hash,
       exists (select from session s
               where s.user_id = a.user_id and s.network = $2::bytea and s.impersonated_by is null
                 and s.created_at > clock_timestamp() - interval '30 days') as familiar
from (select 1) always
left join (account a join users u on u.id = a.user_id and u.status = 'ACTIVE')
       on a.provider = 'PASSWORD' and lower(u.email) = lower($1::varchar)
