package org.townsquare.audit;

import java.util.Set;
import java.util.UUID;
import org.townsquare.communities.Member;
import org.townsquare.identity.Permission;
import org.townsquare.journal.Fact;
import org.townsquare.journal.JournalEntry;

/** Who may read which entry of a community's log. What one may not read is shown as its digest, so that nothing can be left out unseen. */
final class AuditRights {
    private AuditRights() {}

    static void requireToRead(Member viewer) {
        viewer.require(Permission.AUDIT_READ);
    }

    /**
     * @param submitted the proposals that exist for others than their author by now: what was done to their drafts is no secret any more
     */
    static boolean mayRead(Member viewer, JournalEntry entry, Fact.Audience audience, Set<UUID> submitted) {
        if (isOwn(viewer, entry) || submitted.contains(entry.subjectId)) return true;
        return switch (audience) {
            case PUBLIC, MEMBER -> true;
            case BALLOT -> viewer.may(Permission.AUDIT_READ_VOTERS);
            case PERSONAL -> entry.subjectType.equals("attendance") && viewer.may(Permission.ATTENDANCE_READ);
            case SECURITY -> false;
        };
    }

    /** Address and device are shown to those alone whose they are. */
    static boolean isOwn(Member viewer, JournalEntry entry) {
        return viewer.userId.equals(entry.actorId);
    }
}
