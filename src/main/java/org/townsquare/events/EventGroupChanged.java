package org.townsquare.events;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.UUID;

/** A group of events is called or described in another way. */
@RegisterForReflection
record EventGroupChanged(UUID communityId, UUID groupId, List<Field> fields) implements EventGroupFact {
    /** What can be changed of a group. */
    enum Field {
        NAME,
        DESCRIPTION
    }
}
