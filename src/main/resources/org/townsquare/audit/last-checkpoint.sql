select size, root, note from log_checkpoint where log = 1 order by size desc limit 1
