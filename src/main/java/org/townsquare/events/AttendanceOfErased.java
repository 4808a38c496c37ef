package org.townsquare.events;

import io.quarkus.arc.Unremovable;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.townsquare.identity.OnErasure;
import org.townsquare.journal.Journal;
import org.townsquare.platform.Statement;

/** Where somebody was is counted on when their account is erased, but it is not known any more who it was, nor can the receipt be worked out again. */
@ApplicationScoped
@Unremovable
class AttendanceOfErased implements OnErasure {
    private static final Statement FORGET = Statement.of(AttendanceOfErased.class, "forget-participant.sql");

    private final Journal journal;

    AttendanceOfErased(Journal journal) {
        this.journal = journal;
    }

    /** Refuses nothing. */
    @Override
    public Uni<Void> check(UUID userId) {
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Void> erase(UUID userId) {
        return Attendance.saidOf(userId)
                .chain(this::forget)
                .chain(() -> Panache.getSession())
                .chain(session -> session.createNativeQuery(FORGET.sql())
                        .setParameter("user", userId)
                        .executeUpdate())
                .replaceWithVoid();
    }

    /** What staff wrote of it. */
    private Uni<Void> forget(List<UUID> attendances) {
        Uni<Void> forgotten = Uni.createFrom().voidItem();
        for (UUID attendance : attendances) forgotten = forgotten.chain(() -> journal.forget(attendance));
        return forgotten;
    }
}
