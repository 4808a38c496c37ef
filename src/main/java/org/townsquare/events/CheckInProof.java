package org.townsquare.events;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.townsquare.journal.JournalEntry;

/** The entries of the log that carry the receipts of check-ins and that the person may read: of a claimed one that of the claim. */
final class CheckInProof {
    private CheckInProof() {}

    /** The check-in, with its entry. */
    static Uni<CheckInStateView> shown(SeenCheckIn seen) {
        UUID id = seen.attendance().id;
        return entries(List.of(id)).map(entries -> CheckInStateView.of(seen, entries.get(id)));
    }

    /** Those of check-ins that the caller has found. */
    static Uni<Map<UUID, UUID>> entries(List<UUID> checkIns) {
        return JournalEntry.firstAbout(checkIns, CheckedIn.class.getSimpleName())
                .chain(made -> JournalEntry.firstAbout(checkIns, CheckInClaimed.class.getSimpleName())
                        .map(claimed -> {
                            made.putAll(claimed);
                            return made;
                        }));
    }
}
