--liquibase formatted sql
--changeset townsquare:events-0003 splitStatements:false
-- Codes that stood for an event once: no other event ever gets one, also when the event has been deleted.
create table retired_code (
    code_text varchar(8) not null constraint retired_code_pk primary key,
    event_id uuid not null,
    retired_at timestamptz(6) not null
);

-- As a condition it makes the code no key of the event: a new code does not wait for the check-ins that run, whose rows refer to the event.
alter table event drop constraint event_code_text;
create unique index event_code_text on event (code_text) where code_text is not null;

create function event_retire_code() returns trigger language plpgsql as $$
begin
    insert into retired_code (code_text, event_id, retired_at) values (old.code_text, old.id, clock_timestamp());
    return null;
end $$;
create trigger event_code_is_replaced after update of code_text on event for each row
    when (old.code_text <> new.code_text) execute function event_retire_code();
create trigger event_code_is_deleted after delete on event for each row execute function event_retire_code();

-- After the row stands: whoever gave the code up at the same time has committed by then.
create function event_refuse_retired_code() returns trigger language plpgsql as $$
begin
    if exists (select from retired_code r where r.code_text = new.code_text) then
        raise unique_violation using constraint = 'event_code_text', message = 'the code stood for another event';
    end if;
    return null;
end $$;
create trigger event_code_is_drawn after insert on event for each row execute function event_refuse_retired_code();
create trigger event_code_is_redrawn after update of code_text on event for each row
    when (old.code_text <> new.code_text) execute function event_refuse_retired_code();
--rollback drop trigger event_code_is_redrawn on event;
--rollback drop trigger event_code_is_drawn on event;
--rollback drop trigger event_code_is_deleted on event;
--rollback drop trigger event_code_is_replaced on event;
--rollback drop function event_refuse_retired_code();
--rollback drop function event_retire_code();
--rollback drop index event_code_text;
--rollback alter table event add constraint event_code_text unique (code_text);
--rollback drop table retired_code;
