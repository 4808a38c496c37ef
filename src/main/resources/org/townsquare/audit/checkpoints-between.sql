select size, root, note from log_checkpoint where log = 1 and size > ? and size <= ? order by size
