-- a bounded part of what ended more than 30 days ago; called again while there is more
with sessions as (
    delete from session where id in (
        select id from session where least(ended_at, expires_at, idle_until) < clock_timestamp() - interval '30 days' limit 2000)
    returning id
), keys as (
    delete from api_key where id in (
        select id from api_key where least(revoked_at, expires_at) < clock_timestamp() - interval '30 days' limit 2000)
    returning id
)
select (select count(*) from sessions) + (select count(*) from keys) as gone
