package org.townsquare.events;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.townsquare.communities.Viewer;
import org.townsquare.journal.Journal;
import org.townsquare.platform.Problem.NotFound;
import org.townsquare.platform.Repeats;

/** Somebody who checked in anonymously and signs in afterwards. */
@ApplicationScoped
class Claim {
    private final Journal journal;
    private final Repeats repeats;
    private final DeviceCookie devices;

    Claim(Journal journal, Repeats repeats, DeviceCookie devices) {
        this.journal = journal;
        this.repeats = repeats;
        this.devices = devices;
    }

    /**
     * The check-in that the viewer has at the event then. Problems: {@code not-found} from another device than the one that made it, {@code
     * check-in-voided}, {@code membership-suspended}, {@code community-suspended}.
     */
    Uni<CheckInStateView> of(Viewer viewer, UUID checkInId) {
        return attempt(viewer, checkInId)
                .onFailure(e -> Refusal.isBy(Attendance.ONE_PER_PARTICIPANT, e))
                .recoverWithUni(() -> attempt(viewer, checkInId));
    }

    private Uni<CheckInStateView> attempt(Viewer viewer, UUID checkInId) {
        return repeats.withTransaction(() -> Attendance.heldBy(viewer, devices.sent(), checkInId)
                .invoke(seen -> {
                    if (!seen.own()) throw new NotFound();
                })
                .chain(seen -> Attendance.standingOf(seen.event(), viewer.userId())
                        .chain(named -> Attendance.isExpelled(seen.event(), viewer.userId())
                                .chain(expelled -> claim(viewer, seen, named, expelled))))
                .chain(CheckInProof::shown));
    }

    private Uni<SeenCheckIn> claim(Viewer viewer, SeenCheckIn seen, @Nullable Attendance named, boolean expelled) {
        Attendance claimed = seen.attendance();
        return journal.record(viewer, claimed.claim(seen.viewer(), named, expelled, seen.at()))
                .chain(() -> FreeSeat.leave(claimed))
                .replaceWith(named == null ? seen : seen.of(named));
    }
}
