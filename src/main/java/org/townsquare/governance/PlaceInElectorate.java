package org.townsquare.governance;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.townsquare.communities.MemberStatus;
import org.townsquare.communities.Viewer;
import org.townsquare.identity.Role;
import org.townsquare.platform.Statement;

/**
 * How somebody stands to an electorate that was taken: as one of it, or as a member of today, of whom only some of the past is known.
 *
 * @param weight as an elector; null for others
 * @param status of the membership; null without one
 * @param attended whether what the rule and the proposal ask of attendance was met at the opening
 */
record PlaceInElectorate(
        @Nullable Integer weight,
        @Nullable MemberStatus status,
        @Nullable Instant joinedAt,
        @Nullable Instant statusChangedAt,
        @Nullable Instant suspendedUntil,
        Set<Role> roles,
        boolean attended) {
    private static final Statement PLACE = Statement.of(PlaceInElectorate.class, "place-in-electorate.sql");

    /** Of the viewer, to a proposal that was opened and that the viewer has found. */
    static Uni<PlaceInElectorate> of(Proposal proposal, Viewer viewer) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(PLACE.sql(), Tuple.class)
                        .setParameter("proposal", proposal.id)
                        .setParameter("viewer", viewer.userIdOrNobody())
                        .getSingleResult())
                .map(PlaceInElectorate::read);
    }

    private static PlaceInElectorate read(Tuple row) {
        Number weight = row.get(0, Number.class);
        String status = row.get(1, String.class);
        return new PlaceInElectorate(
                weight == null ? null : weight.intValue(),
                status == null ? null : MemberStatus.valueOf(status),
                instant(row.get(2)),
                instant(row.get(3)),
                instant(row.get(4)),
                roles(row.get(5, String.class)),
                Boolean.TRUE.equals(row.get(6)));
    }

    private static @Nullable Instant instant(@Nullable Object value) {
        return value == null ? null : DatabaseClock.instant(value);
    }

    private static Set<Role> roles(@Nullable String names) {
        var roles = EnumSet.noneOf(Role.class);
        if (names != null && !names.isEmpty())
            Arrays.stream(names.split(",")).map(Role::valueOf).forEach(roles::add);
        return roles;
    }

    /** Null for an elector. */
    @Nullable
    NoVote reason(RuleTerms terms, Instant takenAt) {
        if (weight != null) return null;
        if (status != MemberStatus.ACTIVE && status != MemberStatus.SUSPENDED) return NoVote.NOT_A_MEMBER;
        if (joinedAt == null || joinedAt.isAfter(takenAt)) return NoVote.JOINED_AFTER_OPENING;
        if (wasSuspended(takenAt)) return NoVote.NOT_ACTIVE;
        if (!terms.voterRoles().isEmpty() && terms.voterRoles().stream().noneMatch(roles::contains))
            return NoVote.ROLE_NOT_ENTITLED;
        if (joinedAt.isAfter(takenAt.minusSeconds(terms.tenureSeconds()))) return NoVote.TENURE_TOO_SHORT;
        if (!attended) return NoVote.ATTENDANCE_MISSING;
        // nothing of today keeps them out: they got the role after the opening, or back the account
        return terms.voterRoles().isEmpty() ? NoVote.NOT_ACTIVE : NoVote.ROLE_NOT_ENTITLED;
    }

    /** A member whose status changed after they had joined and after the opening was suspended before, or is it since. */
    private boolean wasSuspended(Instant takenAt) {
        boolean changedSince = statusChangedAt != null && statusChangedAt.isAfter(takenAt);
        return status == MemberStatus.ACTIVE
                ? changedSince
                : !changedSince && (suspendedUntil == null || suspendedUntil.isAfter(takenAt));
    }
}
