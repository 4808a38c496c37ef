-- As Hibernate sends it, from the statement log.
select p1_0.id,p1_0.archived_at,p1_0.author_id,p1_0.cancel_reason,p1_0.closed_by,p1_0.closes_at,p1_0.community_id,p1_0.created_at,
    p1_0.description,p1_0.explanation,p1_0.outcome,p1_0.outcome_reason,p1_0.presence_event_id,p1_0.review_note,p1_0.reviewed_at,p1_0.reviewed_by,
    p1_0.rule,p1_0.rule_hash,p1_0.rule_id,p1_0.status,p1_0.submitted_at,p1_0.supersedes_id,p1_0.text_hash,p1_0.title,p1_0.updated_at,
    p1_0.version,p1_0.voting_closed_at,p1_0.voting_started_at
from proposal p1_0
where p1_0.id=$1 and (p1_0.status<>'DRAFT' and p1_0.outcome_reason is distinct from 'DISCARDED' or p1_0.author_id=$2) and exists(select 1
from community c1_0
where c1_0.id=p1_0.community_id and (c1_0.deleted_at is null and (c1_0.visibility='PUBLIC' and c1_0.suspended_at is null or exists(select 1
from member m1_0
where m1_0.community_id=c1_0.id and m1_0.user_id=$2 and m1_0.status in ('ACTIVE','SUSPENDED')))))
offset $3 rows fetch first $4 rows only
