insert into log_checkpoint (log, size, root, note, signed_at) values (1, $1, $2, $3, clock_timestamp())
