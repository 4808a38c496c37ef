package org.townsquare.audit;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.townsquare.communities.Community;
import org.townsquare.communities.Viewer;
import org.townsquare.journal.JournalEntry;
import org.townsquare.platform.Problem.NotFound;

/** One entry by its id, for whoever may read the log that it stands in; one's own for oneself. */
@ApplicationScoped
class AuditEntries {
    private final AuditLog log;

    AuditEntries(AuditLog log) {
        this.log = log;
    }

    /**
     * An entry and how the viewer sees it.
     *
     * @param open whether they may read what it says
     */
    record Seen(AuditReader reader, JournalEntry entry, boolean open) {}

    /** Problems: {@code not-found}, {@code members-only}, {@code not-allowed}, {@code sign-in-required}. */
    Uni<Seen> seenBy(Viewer viewer, UUID id) {
        return JournalEntry.of(id)
                .onItem()
                .ifNull()
                .failWith(NotFound::new)
                .chain(entry -> entry.communityId == null
                        ? ofInstallation(viewer, entry)
                        : ofCommunity(viewer, entry, entry.communityId));
    }

    Uni<AuditEntryView> shownTo(Viewer viewer, UUID id) {
        return seenBy(viewer, id)
                .chain(seen -> log.shown(seen.reader(), List.of(seen.entry()), entry -> seen.open()))
                .map(views -> views.get(0));
    }

    private Uni<Seen> ofInstallation(Viewer viewer, JournalEntry entry) {
        if (viewer.within() != null) throw new NotFound();
        AuditReader reader = AuditReader.ofInstallation(viewer);
        return log.readable(reader, List.of(entry)).map(may -> {
            boolean open = may.test(entry) || isAbout(reader, entry);
            if (!open && !reader.platform()) throw new NotFound();
            return new Seen(reader, entry, open);
        });
    }

    /** What happened to a user is theirs to read. */
    private static boolean isAbout(AuditReader reader, JournalEntry entry) {
        return !reader.impersonated() && entry.subjectType.equals("users") && entry.subjectId.equals(reader.userId());
    }

    private Uni<Seen> ofCommunity(Viewer viewer, JournalEntry entry, UUID communityId) {
        return Community.readBy(viewer, communityId)
                .map(community -> AuditReader.of(viewer, community))
                .chain(reader -> log.readable(reader, List.of(entry)).map(may -> inside(reader, entry, may)))
                .onFailure(NotFound.class)
                .recoverWithUni(() -> outside(viewer, entry, communityId));
    }

    private static Seen inside(AuditReader reader, JournalEntry entry, Predicate<JournalEntry> may) {
        boolean open = may.test(entry);
        if (!open || !AuditRights.isOwn(reader, entry)) AuditRights.requireToRead(reader);
        return new Seen(reader, entry, open);
    }

    /** Who has left a community still has what they did there. */
    private Uni<Seen> outside(Viewer viewer, JournalEntry entry, UUID communityId) {
        AuditReader reader = AuditReader.outside(viewer, communityId);
        if (viewer.within() != null || !AuditRights.isOwn(reader, entry)) throw new NotFound();
        return log.readable(reader, List.of(entry)).map(may -> new Seen(reader, entry, may.test(entry)));
    }
}
