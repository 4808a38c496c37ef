package org.townsquare.audit;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where checkpoints are published, outside of the database. Its methods may wait. */
interface Sink {
    String name();

    /** The note of the largest checkpoint that was published here; null for none, and for where it cannot be read back. */
    @Nullable
    String last() throws IOException;

    /** Publishes it; nothing happens where it is published already. */
    void publish(Checkpoint checkpoint, String note) throws IOException;
}
