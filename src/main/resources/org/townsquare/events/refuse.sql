insert into check_in_refusal (community_id, id, event_id, code, source, client_id, occurred_at, received_at)
select e.community_id, $1::uuid, e.id, $2::varchar, $3::varchar, $4::uuid, i.now, i.now
from (select clock_timestamp() as now) i cross join event e
where e.code_text = $5::varchar or e.id = (select r.event_id from retired_code r where r.code_text = $5::varchar)
