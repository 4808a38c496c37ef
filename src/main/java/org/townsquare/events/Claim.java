package org.townsquare.events;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.townsquare.communities.Viewer;
import org.townsquare.journal.Journal;
import org.townsquare.platform.Problem.NotFound;

/** Somebody who checked in anonymously and signs in afterwards. */
@ApplicationScoped
class Claim {
    private final Journal journal;
    private final DeviceCookie devices;

    Claim(Journal journal, DeviceCookie devices) {
        this.journal = journal;
        this.devices = devices;
    }

    /** Carries the transaction out once more where the person checked in under their name at the same time: then that is found. */
    static <T> Uni<T> attempted(Supplier<Uni<T>> transaction) {
        return transaction
                .get()
                .onFailure(e -> Refusal.isBy(Attendance.ONE_PER_PARTICIPANT, e))
                .recoverWithUni(() -> transaction.get());
    }

    /**
     * The check-in that the viewer has at the event then, in the caller's session and transaction. Problems: {@code not-found} from another device than
     * the one that made it, {@code check-in-voided}, {@code membership-suspended}, {@code community-suspended}.
     */
    Uni<CheckInStateView> of(Viewer viewer, UUID checkInId) {
        return Attendance.heldBy(viewer, devices.sent(), checkInId)
                .invoke(seen -> {
                    if (!seen.own()) throw new NotFound();
                })
                .chain(seen -> Attendance.standingOf(seen.event(), viewer.userId())
                        .chain(named -> Attendance.isExpelled(seen.event(), viewer.userId())
                                .chain(expelled -> claim(viewer, seen, named, expelled))))
                .chain(CheckInProof::shown);
    }

    private Uni<SeenCheckIn> claim(Viewer viewer, SeenCheckIn seen, @Nullable Attendance named, boolean expelled) {
        Attendance claimed = seen.attendance();
        return journal.record(viewer, claimed.claim(seen.viewer(), named, expelled, seen.at()))
                .chain(() -> FreeSeat.leave(claimed))
                .replaceWith(named == null ? seen : seen.of(named));
    }
}
