with present as (
    -- whom staff let in beyond the places holds none
    select a.id, row_number() over (order by a.checked_in_at, a.id) as n
    from attendance a
    where a.community_id = $1::uuid and a.event_id = $2::uuid and a.voided_at is null and not a.overridden
)
update event_seat s set attendance_id = p.id from present p where s.event_id = $2::uuid and s.seat = p.n
