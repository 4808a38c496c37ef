--liquibase formatted sql
--changeset townsquare:governance-0010 splitStatements:false
-- When somebody last changed a ballot or took it back, the latest last, as many as the limit looks at: it outlives the ballot, which a withdrawal deletes.
create table ballot_pace (
    community_id uuid not null,
    question_id uuid not null,
    user_id uuid not null,
    changed_at timestamptz(6)[] not null constraint ballot_pace_some check (cardinality(changed_at) >= 1),
    constraint ballot_pace_pk primary key (question_id, user_id),
    constraint ballot_pace_of_question foreign key (community_id, question_id) references question (community_id, id),
    constraint ballot_pace_of_elector foreign key (question_id, user_id) references elector (electorate_id, user_id)
);
-- The seconds until another change is taken where a minute may have so many; null where one is taken now. Volatile, so that a statement which waited for
-- another of the same person reads what that one wrote.
create function ballot_wait(question uuid, voter uuid, most int) returns int language sql volatile as $$
    select ceil(extract(epoch from t.first + interval '1 minute' - clock_timestamp()))::int
    from (
        select p.changed_at[cardinality(p.changed_at) - most + 1] as first
        from ballot_pace p where p.question_id = question and p.user_id = voter and most > 0 and cardinality(p.changed_at) >= most
    ) t
    where t.first > clock_timestamp() - interval '1 minute'
$$;
--rollback drop function ballot_wait(uuid, uuid, int);
--rollback drop table ballot_pace;
