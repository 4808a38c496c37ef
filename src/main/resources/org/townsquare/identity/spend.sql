update verification
set used_at = clock_timestamp(), updated_at = clock_timestamp(), version = version + 1
where id = :id and purpose in (:purposes) and used_at is null and expires_at > clock_timestamp()
returning *
