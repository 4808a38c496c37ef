-- of the $5 entries that come next those that are wanted, up to the $6th of them, and the last one before the next wanted one: the position to move to
with coming as (
    select e.id, e.stream, e.created_xid, e.at, e.kind, e.community_id, e.subject_id,
           e.kind = any ($4::varchar[]) as wanted,
           case when e.kind = any ($4::varchar[]) then e.body end as body
    from journal_entry e
    where (e.stream, e.created_xid, e.id) > ($1, $2::text::xid8, $3)
      and (e.created_xid < pg_snapshot_xmin(pg_current_snapshot())
           or e.stream in (select s.id from journal_stream s where s.closed_at is not null))
    order by e.stream, e.created_xid, e.id
    limit $5
), counted as (
    select c.*, count(*) filter (where c.wanted) over (order by c.stream, c.created_xid, c.id) as nth,
           count(*) over () = $5 or count(*) filter (where c.wanted) over () > $6 as more
    from coming c
), taken as (
    select c.*, lead(c.id) over (order by c.stream, c.created_xid, c.id) is null as last from counted c where c.nth <= $6
)
select t.id, t.stream, t.created_xid::text, t.at, t.kind, t.community_id, t.subject_id, t.wanted, t.body, t.more
from taken t
where t.wanted or t.last
order by t.stream, t.created_xid, t.id
