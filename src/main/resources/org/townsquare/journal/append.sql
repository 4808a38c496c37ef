with entry as (
    insert into journal_entry (id, stream, at, kind, community_id, subject_type, subject_id, actor_id, impersonator_id, credential, body)
    values ($1, $2, $3, $4, $5::uuid, $6, $7, $8::uuid, $17::uuid, $9, $10)
), origin as (
    insert into journal_origin (entry_id, ip, user_agent, salt)
    select $1, $11::varchar, $12::varchar, $13 where $11::varchar is not null
)
insert into journal_text (entry_id, field, value, salt)
select $1, t.field, t.value, t.salt from unnest($14::varchar[], $15::varchar[], $16::bytea[]) as t (field, value, salt)
