select exists (
    select from retired_code r
    join event e on e.id = r.event_id
    join community c on c.id = e.community_id and c.deleted_at is null and c.suspended_at is null
    where r.code_text = $1::varchar and r.retired_at > clock_timestamp() - interval '24 hours'
      and (c.visibility = 'PUBLIC' or c.id = any ($3::uuid[] || $4::uuid[]) or (e.admission <> 'MEMBERS' and c.id <> all ($2::uuid[])))
      and ($5::uuid is null or c.id = $5::uuid)) as replaced
