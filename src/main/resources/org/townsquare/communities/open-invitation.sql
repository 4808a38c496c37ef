select i.id, i.email, i.expires_at, c.name as community, u.name as inviter
from invitation i
join community c on c.id = i.community_id and c.deleted_at is null and c.suspended_at is null
join users u on u.id = i.invited_by
where i.id = $1 and i.email is not null and i.uses < i.max_uses and i.expires_at > clock_timestamp()
  and i.declined_at is null and i.revoked_at is null
