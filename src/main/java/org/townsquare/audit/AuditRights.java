package org.townsquare.audit;

import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.townsquare.communities.AuditReaders;
import org.townsquare.identity.Permission;
import org.townsquare.journal.Fact;
import org.townsquare.journal.JournalEntry;
import org.townsquare.platform.Problem.Forbidden;
import org.townsquare.platform.Problem.Unauthorized;

/** Who may read which entry of a community's log. What one may not read is shown as its digest, so that nothing can be left out unseen. */
final class AuditRights {
    private AuditRights() {}

    /**
     * COUNCIL, ADMIN and PLATFORM_ADMIN always; others as the community's setting says. Problems: {@code members-only}, {@code not-allowed}, {@code
     * sign-in-required}.
     */
    static void requireToRead(AuditReader reader) {
        if (reader.platform()) return;
        if (!reader.member().mayRead()) {
            if (reader.readers() == AuditReaders.PUBLIC) return;
            if (!reader.signedIn()) throw new Unauthorized("sign-in-required", "Sign in to do this.");
        }
        reader.member().require(Permission.AUDIT_READ);
        if (reader.readers() == AuditReaders.COUNCIL && !reader.member().may(Permission.AUDIT_READ_ALWAYS))
            throw new Forbidden("not-allowed", "COUNCIL and ADMIN read the log of this community.");
    }

    /**
     * @param submitted the proposals that exist for others than their author by now: what was done to their drafts is no secret any more
     * @param voters whether this reader may learn who voted, as governance discloses it
     */
    static boolean mayRead(
            AuditReader reader, JournalEntry entry, Fact fact, Set<UUID> submitted, Predicate<Fact> voters) {
        if (reader.impersonated() && isForTheUserAlone(fact.audience())) return false;
        if (isOwn(reader, entry) || reader.userId().equals(fact.person())) return true;
        boolean member = reader.member().mayRead();
        return switch (fact.audience()) {
            case PUBLIC -> true;
            case MEMBER -> member;
            // a PLATFORM_ADMIN is no member and reads no ballot, not even that it was cast
            case BALLOT -> (member || !reader.platform()) && voters.test(fact);
            case PERSONAL -> member && (submitted.contains(entry.subjectId) || mayReadPersonal(reader, entry));
            // why the platform suspended it is told to the ADMINs of the community
            case SECURITY ->
                reader.platform()
                        || (entry.subjectType.equals("community")
                                && reader.member().may(Permission.MEMBER_READ_ALL));
        };
    }

    private static boolean mayReadPersonal(AuditReader reader, JournalEntry entry) {
        return switch (entry.subjectType) {
            case "attendance" -> reader.member().may(Permission.ATTENDANCE_READ_ALL);
            case "question" -> reader.member().may(Permission.QUESTION_MANAGE);
            case "member", "invitation" -> reader.member().may(Permission.MEMBER_READ_ALL);
            default -> false;
        };
    }

    /** Whoever acts as another never sees their ballots, sessions and keys. */
    private static boolean isForTheUserAlone(Fact.Audience audience) {
        return audience == Fact.Audience.BALLOT || audience == Fact.Audience.SECURITY;
    }

    /** In the log of one's own: what one did, and what happened to one. */
    static Predicate<JournalEntry> ownOf(AuditReader reader, Function<JournalEntry, @Nullable Fact> fact) {
        return entry -> {
            Fact told = fact.apply(entry);
            return told != null && (!reader.impersonated() || !isForTheUserAlone(told.audience()));
        };
    }

    /** Address and device are shown to those alone whose they are, and to a PLATFORM_ADMIN. */
    static boolean mayReadOrigin(AuditReader reader, JournalEntry entry) {
        return reader.platform() || (isOwn(reader, entry) && !reader.impersonated());
    }

    /** Strangers are not told who the members are; of a vote of which they read, they are told who cast it. */
    static boolean mayReadActor(AuditReader reader, JournalEntry entry, @Nullable Fact fact) {
        return reader.knowsMembers()
                || isOwn(reader, entry)
                || (fact != null && fact.audience() == Fact.Audience.BALLOT);
    }

    static boolean isOwn(AuditReader reader, JournalEntry entry) {
        return reader.userId().equals(entry.actorId);
    }
}
