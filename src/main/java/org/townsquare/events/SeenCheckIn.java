package org.townsquare.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.townsquare.communities.Member;
import org.townsquare.communities.Viewer;
import org.townsquare.platform.Problem.NotFound;

/**
 * A check-in as somebody found it.
 *
 * @param own whether it is theirs
 * @param at the database's clock
 */
record SeenCheckIn(Attendance attendance, Event event, Member viewer, boolean own, Instant at) {
    /** Problems: {@code not-found}. */
    static SeenCheckIn of(Attendance attendance, Event event, Viewer viewer, @Nullable String device, Instant at) {
        Member member = viewer.in(event.communityId);
        boolean own = attendance.isOf(viewer.actorId(), device, event);
        if (!own && !EventRights.mayReadAttendances(member)) throw new NotFound();
        return new SeenCheckIn(attendance, event, member, own, at);
    }

    /** Whether it is theirs by name, not by the device alone. */
    boolean isNamed() {
        return own && attendance.participantId != null;
    }

    /** The same person's other check-in to the same event. */
    SeenCheckIn of(Attendance other) {
        return new SeenCheckIn(other, event, viewer, own, at);
    }
}
