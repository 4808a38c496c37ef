-- As Hibernate sends it, from the statement log.
select a1_0.id,a1_0.participant_id,u1_0.name,a1_0.walk_in_name,a1_0.kind,a1_0.source,a1_0.overridden,a1_0.checked_in_at,a1_0.voided_at,
    a1_0.receipt
from attendance a1_0
left join users u1_0 on u1_0.id=a1_0.participant_id
where a1_0.community_id=$1 and a1_0.event_id=$2 and a1_0.checked_in_at>=$3 and (a1_0.checked_in_at>$3 or a1_0.id>$4)
order by a1_0.checked_in_at,a1_0.id
offset $5 rows fetch first $6 rows only
