update attendance
set participant_id = null, nonce = null, void_reason = null, version = version + 1, updated_at = clock_timestamp()
where participant_id = cast(:user as uuid)
