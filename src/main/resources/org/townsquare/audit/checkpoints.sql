select size, root, note, signed_at, published_at from log_checkpoint where log = 1 and size < $1 order by size desc limit $2
