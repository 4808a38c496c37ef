select size, stream, created_xid::text, entry_id from log_head where log = 1 for update skip locked
