package org.townsquare.identity;

import io.smallrye.mutiny.Uni;
import java.util.UUID;

/** What a feature adds to what a user takes along of their own data. Asked one after the other in one session of the database. */
public interface OnExport {
    /** The name of its part in the document. */
    String part();

    /** What it keeps of this user and what the user did, as it becomes JSON. */
    Uni<Object> export(UUID userId);
}
