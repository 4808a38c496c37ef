-- As Hibernate sends it, from the statement log.
select c1_0.id,c1_0.created_at,c1_0.created_by,c1_0.deleted_at,c1_0.description,c1_0.join_policy,c1_0.market_id,c1_0.metadata,c1_0.name,
    c1_0.settings,c1_0.slug,c1_0.suspended_at,c1_0.updated_at,c1_0.version,c1_0.visibility
from community c1_0
where c1_0.id=$1 and (c1_0.deleted_at is null and (c1_0.visibility='PUBLIC' and c1_0.suspended_at is null or exists(select 1
from member m1_0
where m1_0.community_id=c1_0.id and m1_0.user_id=$2 and m1_0.status in ('ACTIVE','SUSPENDED'))))
offset $3 rows fetch first $4 rows only
