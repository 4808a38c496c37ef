package org.townsquare.events;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Locale;
import java.util.UUID;
import org.townsquare.journal.Fact;

/** Somebody took the roll of attendance of an event or a group along, with the names. */
@RegisterForReflection
record AttendancesExported(UUID communityId, RollScope scope, UUID subjectId, RollForm form) implements Fact {
    @Override
    public Subject subject() {
        return new Subject(scope.name().toLowerCase(Locale.ROOT), subjectId);
    }

    @Override
    public Audience audience() {
        return Audience.MEMBER;
    }
}
