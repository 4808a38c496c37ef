-- As Hibernate sends it, from the statement log.
select u1_0.id,u1_0.avatar_url,u1_0.bio,u1_0.created_at,u1_0.email,u1_0.email_verified_at,u1_0.erase_at,u1_0.locale,u1_0.name,u1_0.phone,
    u1_0.phone_verified_at,u1_0.platform_roles,u1_0.status,u1_0.time_zone,u1_0.updated_at,u1_0.version
from users u1_0
where u1_0.id=$1
