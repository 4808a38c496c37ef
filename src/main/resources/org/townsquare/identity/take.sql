with taken as (
    insert into throttle as t (bucket, window_start, count)
    values ($1::bytea, clock_timestamp(), 1)
    on conflict (bucket) do update
    set count = case when t.window_start <= clock_timestamp() - $3::int * interval '1 second' then 1 else t.count + 1 end,
        window_start = case when t.window_start <= clock_timestamp() - $3::int * interval '1 second' then clock_timestamp() else t.window_start end
    where t.count < $2::int or t.window_start <= clock_timestamp() - $3::int * interval '1 second'
    returning 1
)
-- the milliseconds until there is a place again: 0 when one was taken
select case
    when exists (select from taken) then 0
    else greatest(1, coalesce(
        (select (extract(epoch from t.window_start - clock_timestamp()) * 1000)::bigint + $3::int * 1000::bigint from throttle t where t.bucket = $1::bytea),
        1000))
end as wait
