-- Counts the try as a failure before it is one, so that of many at once no more pass than of one after the other. The fifth failure is followed by a
-- second, each further one by twice as long, at most 15 minutes; a day without one forgives them all.
with tried as (
    insert into throttle as t (bucket, window_start, count)
    values ($1::bytea, clock_timestamp(), 1)
    on conflict (bucket) do update
    set count = case when t.window_start <= clock_timestamp() - interval '1 day' then 1 else t.count + 1 end,
        blocked_until = case
            when t.count < 4 or t.window_start <= clock_timestamp() - interval '1 day' then null
            else clock_timestamp() + least(1 << least(t.count - 4, 10), 900) * interval '1 second'
        end,
        window_start = clock_timestamp()
    where t.blocked_until is null or t.blocked_until <= clock_timestamp()
    returning 1
)
select case
    when exists (select from tried) then 0
    else greatest(1, coalesce(
        (select (extract(epoch from t.blocked_until - clock_timestamp()) * 1000)::bigint from throttle t where t.bucket = $1::bytea),
        1000))
end as wait
