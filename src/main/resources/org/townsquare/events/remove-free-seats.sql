with free as materialized (
    -- the last ones, since check-ins take the first; waits for those that are about to be taken, and leaves them
    select s.seat
    from event_seat s
    where s.event_id = $2::uuid and s.community_id = $1::uuid and s.attendance_id is null
    order by s.seat desc
    limit $3::int
    for update
)
delete from event_seat s using free f where s.event_id = $2::uuid and s.seat = f.seat
