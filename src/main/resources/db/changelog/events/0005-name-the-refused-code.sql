--liquibase formatted sql
--changeset townsquare:events-0005 splitStatements:false rollbackSplitStatements:false
-- In the words of PostgreSQL's own refusal, in which the name of the constraint is looked for.
create or replace function event_refuse_retired_code() returns trigger language plpgsql as $$
begin
    if exists (select from retired_code r where r.code_text = new.code_text) then
        raise unique_violation using constraint = 'event_code_text', message = 'duplicate key value violates unique constraint "event_code_text"',
            detail = 'the code stood for another event';
    end if;
    return null;
end $$;
--rollback create or replace function event_refuse_retired_code() returns trigger language plpgsql as $$
--rollback begin
--rollback     if exists (select from retired_code r where r.code_text = new.code_text) then
--rollback         raise unique_violation using constraint = 'event_code_text', message = 'the code stood for another event';
--rollback     end if;
--rollback     return null;
--rollback end $$;
