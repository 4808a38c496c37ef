-- the lock comes first: another replica may have got past the entry meanwhile, and then nothing is noted
with claimed as (
    select f.stream, f.created_xid, f.entry_id from follower f where f.name = $1 for update
), failing as (
    select e.id, e.stream, e.created_xid from journal_entry e, claimed c
    where e.id = $2::uuid and (e.stream, e.created_xid, e.id) > (c.stream, c.created_xid, c.entry_id)
), noted as (
    insert into dead_entry (follower, entry_id, error, tries, next_try_at)
    select $1, f.id, $3, 1, case when $4 > 1 then clock_timestamp() + make_interval(secs => $5::bigint / 1000.0) end from failing f
    on conflict (follower, entry_id) do update
        set error = excluded.error, tries = dead_entry.tries + 1,
            next_try_at = case when dead_entry.tries + 1 < $4
                then clock_timestamp() + make_interval(secs => $5::bigint / 1000.0 * 2 ^ dead_entry.tries) end
    returning entry_id, next_try_at is null as dead
), passed as (
    update follower f set stream = x.stream, created_xid = x.created_xid, entry_id = x.id
    from failing x join noted n on n.entry_id = x.id and n.dead
    where f.name = $1
)
select dead from noted
