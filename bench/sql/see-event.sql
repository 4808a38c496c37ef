-- As Hibernate sends it, from the statement log.
select e1_0.id,e1_0.admission,e1_0.cancel_reason,e1_0.cancelled_at,e1_0.capacity,e1_0.closed_at,e1_0.closed_by,e1_0.closes_at,e1_0.code_text,
    e1_0.community_id,e1_0.created_at,e1_0.created_by,e1_0.description,e1_0.device_pepper,e1_0.duration_minutes,e1_0.group_id,e1_0.opens_at,
    e1_0.place,e1_0.schedule_revision,e1_0.start_time,e1_0.state,e1_0.time_zone,e1_0.title,e1_0.token_epoch,e1_0.updated_at,
    e1_0.version
from event e1_0
where e1_0.id=$1 and exists(select 1
from community c1_0
where c1_0.id=e1_0.community_id and (c1_0.deleted_at is null and (c1_0.visibility='PUBLIC' and c1_0.suspended_at is null or exists(select 1
from member m1_0
where m1_0.community_id=c1_0.id and m1_0.user_id=$2 and m1_0.status in ('ACTIVE','SUSPENDED')))))
offset $3 rows fetch first $4 rows only
