select u.id, u.name, u.avatar_url, u.bio
from users u
where u.id = :user and u.status <> 'ERASED'
  and (u.id = :viewer
       or exists (select from member mine
                  join member theirs on theirs.community_id = mine.community_id
                  join community c on c.id = mine.community_id
                  where mine.user_id = :viewer and theirs.user_id = u.id and c.deleted_at is null
                    and member_status_now(mine.status, mine.suspended_until) in ('ACTIVE', 'SUSPENDED')
                    and member_status_now(theirs.status, theirs.suspended_until) in ('ACTIVE', 'SUSPENDED')))
