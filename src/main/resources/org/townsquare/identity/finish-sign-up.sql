delete from pending_sign_up where id = :id and expires_at > clock_timestamp()
