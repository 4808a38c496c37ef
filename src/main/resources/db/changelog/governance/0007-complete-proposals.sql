--liquibase formatted sql
--changeset townsquare:governance-0007 splitStatements:false
alter table proposal
    drop constraint proposal_status,
    drop constraint proposal_reason_known,
    drop constraint proposal_outcome,
    drop constraint proposal_closer,
    add column presence_event_id uuid,
    add column supersedes_id uuid,
    add column archived_at timestamptz(6),
    add column cancel_reason varchar(5000);
alter table proposal
    add constraint proposal_status check (status in ('DRAFT', 'UNDER_REVIEW', 'VOTING', 'PASSED', 'REJECTED', 'ARCHIVED')),
    add constraint proposal_reason_known check (outcome_reason in ('DISCARDED', 'WITHDRAWN', 'REVIEW_REJECTED', 'CANCELLED',
        'NO_VOTES', 'QUORUM_NOT_MET', 'TIE', 'THRESHOLD_NOT_MET', 'THRESHOLD_MET')),
    add constraint proposal_outcome check (case status
        when 'PASSED' then outcome is not null and outcome = 'PASSED'
        when 'REJECTED' then outcome is not null and outcome = 'REJECTED'
        when 'ARCHIVED' then (outcome is null) = (outcome_reason in ('DISCARDED', 'WITHDRAWN'))
        else outcome is null end),
    add constraint proposal_archived check ((status = 'ARCHIVED') = (archived_at is not null)),
    add constraint proposal_cancelled check (cancel_reason is null or outcome_reason = 'CANCELLED'),
    -- the platform cancels in communities that it is no member of
    add constraint proposal_closed_by foreign key (closed_by) references users,
    add constraint proposal_presence_event foreign key (community_id, presence_event_id) references event (community_id, id),
    add constraint proposal_supersedes foreign key (community_id, supersedes_id) references proposal (community_id, id);
create index proposal_by_presence on proposal (community_id, presence_event_id) where presence_event_id is not null;
create index proposal_by_superseded on proposal (community_id, supersedes_id) where supersedes_id is not null;
create index proposal_to_archive on proposal ((coalesce(voting_closed_at, reviewed_at)), id) where status in ('PASSED', 'REJECTED');
create index proposal_closes_by_itself on proposal (closes_at, id) where status = 'VOTING' and rule ->> 'earlyCloseByItself' = 'true';
create index proposal_search on proposal using gin (to_tsvector('simple', title || ' ' || description));

-- When it was handed to the council: such a text is shown to all, the others to the author.
alter table proposal_text add column submitted_at timestamptz(6);
update proposal_text t set submitted_at = p.submitted_at
from proposal p
where p.community_id = t.community_id and p.id = t.proposal_id and p.submitted_at is not null and p.status <> 'DRAFT'
  and t.revision = (select max(l.revision) from proposal_text l where l.proposal_id = p.id);
--rollback alter table proposal_text drop column submitted_at;
--rollback drop index proposal_search, proposal_closes_by_itself, proposal_to_archive, proposal_by_superseded, proposal_by_presence;
--rollback alter table proposal drop constraint proposal_supersedes, drop constraint proposal_presence_event, drop constraint proposal_closed_by,
--rollback     drop constraint proposal_cancelled, drop constraint proposal_archived, drop constraint proposal_outcome,
--rollback     drop constraint proposal_reason_known, drop constraint proposal_status, drop column cancel_reason, drop column archived_at,
--rollback     drop column supersedes_id, drop column presence_event_id;
--rollback update proposal set status = coalesce(outcome, 'DRAFT') where status = 'ARCHIVED';
--rollback update proposal set outcome_reason = case when outcome is null then null else 'THRESHOLD_NOT_MET' end
--rollback where outcome_reason in ('DISCARDED', 'WITHDRAWN', 'CANCELLED');
--rollback update proposal p set closed_by = null where not exists (select from member m where m.community_id = p.community_id and m.user_id = p.closed_by);
--rollback alter table proposal
--rollback     add constraint proposal_status check (status in ('DRAFT', 'UNDER_REVIEW', 'VOTING', 'PASSED', 'REJECTED')),
--rollback     add constraint proposal_reason_known check (outcome_reason in
--rollback         ('REVIEW_REJECTED', 'NO_VOTES', 'QUORUM_NOT_MET', 'TIE', 'THRESHOLD_NOT_MET', 'THRESHOLD_MET')),
--rollback     add constraint proposal_outcome check (case when status in ('PASSED', 'REJECTED') then outcome is not null and outcome = status else outcome is null end),
--rollback     add constraint proposal_closer foreign key (community_id, closed_by) references member (community_id, user_id);
