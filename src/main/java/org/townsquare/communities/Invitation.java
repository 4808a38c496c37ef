package org.townsquare.communities;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import org.townsquare.identity.Permission;
import org.townsquare.identity.Role;
import org.townsquare.identity.User;
import org.townsquare.platform.ActiveRecord;
import org.townsquare.platform.Cursor;
import org.townsquare.platform.Paging;
import org.townsquare.platform.Problem.Conflict;
import org.townsquare.platform.Problem.Forbidden;
import org.townsquare.platform.Problem.Gone;
import org.townsquare.platform.Problem.NotFound;
import org.townsquare.platform.Problem.Unprocessable;

/** A way into a community: for one address by mail, or by a link for whoever has it. Its token is not stored but derived from its id. */
@Entity
@Table(name = "invitation")
public class Invitation extends ActiveRecord {
    private static final Duration USUAL_LIFE = Duration.ofDays(14);
    private static final Duration LONGEST_LIFE = Duration.ofDays(90);

    /** One statement, so that of those who accept at once no more succeed than there are uses. */
    private static final String USE =
            "update invitation set uses = uses + 1, version = version + 1, updated_at = clock_timestamp() "
                    + "where community_id = :community and id = :invitation and uses < max_uses and expires_at > clock_timestamp() "
                    + "and declined_at is null and revoked_at is null";

    private static final String FORGET =
            "update invitation set email = null, declined_at = null, revoked_at = coalesce(revoked_at, clock_timestamp()), "
                    + "version = version + 1, updated_at = clock_timestamp() "
                    + "where lower(email) = (select lower(u.email) from users u where u.id = :person)";

    public UUID communityId;

    /** Whom a mail is sent to; null for a link. */
    public @Nullable String email;

    @JdbcTypeCode(SqlTypes.ARRAY)
    @Enumerated(EnumType.STRING)
    public Role[] roles;

    public UUID invitedBy;
    public int maxUses;
    public int uses;
    public Instant expiresAt;
    public @Nullable Instant declinedAt;
    public @Nullable Instant revokedAt;

    Invitation() {}

    /** Those of a community that the viewer has found, the newest first. Problems: {@code members-only}, {@code not-allowed}. */
    static Uni<List<Invitation>> page(Member viewer, Paging paging) {
        viewer.require(Permission.MEMBER_INVITE);
        return Invitation.<Invitation>find(
                        "from Invitation i where i.communityId = ?1 and i.id < ?2 order by i.id desc",
                        viewer.communityId,
                        paging.after(Cursor.of(new UUID(-1, -1))).id())
                .page(0, paging.rows())
                .list();
    }

    /** For members of its community, locked for an act; else {@code not-found}. */
    static Uni<Invitation> heldBy(Viewer viewer, UUID id) {
        return Invitation.<Invitation>find(
                        "from Invitation i where i.id = ?2 and exists (select 1 from Community c join Member v on v.communityId = c.id "
                                + "where c.id = i.communityId and c.deletedAt is null and v.userId = ?1 and v.status in (ACTIVE, SUSPENDED))",
                        viewer.userIdOrNobody(),
                        id)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult()
                .onItem()
                .ifNull()
                .failWith(NotFound::new)
                .map(it -> viewer.reached(it.communityId, it));
    }

    /** What an invitation is to. */
    record Offer(Invitation invitation, Community community) {
        /**
         * This user comes in, unless they are a member already. Problems: {@code not-found}, {@code membership-banned}, {@code
         * membership-suspended}, {@code community-suspended}, {@code token-spent}, {@code invitation-not-yours}.
         *
         * @param known the membership that the user has or had
         */
        Entered admit(@Nullable Member known, UUID userId, Evidence evidence, Instant now) {
            if (known != null && known.isActive(now)) return new Entered(known, List.of());
            requireOpenTo(known);
            // who sent it may be this user: judged as they stood before
            requireValid(evidence, now);
            if (known != null) {
                var joined = known.acceptInvitation(invitation.roleSet(), now);
                return new Entered(
                        known,
                        Stream.concat(Stream.of(invitation.accepted(known)), joined.stream())
                                .toList());
            }
            Member member = Member.invited(community, userId, invitation.roleSet(), now);
            return new Entered(member, List.of(invitation.accepted(member), member.joined()));
        }

        /** Who sent it could still give its roles, and roles beyond CITIZEN are for the user whose confirmed address it names. */
        private void requireValid(Evidence evidence, Instant now) {
            invitation.requireOpen(now);
            Member inviter = evidence.inviter();
            if (inviter == null || !inviter.couldInviteTo(invitation.roleSet(), community.settings(), now))
                throw spent();
            if (!isPlain(invitation.roleSet()) && !evidence.named())
                throw new Forbidden(
                        "invitation-not-yours", "Only the account whose confirmed e-mail was invited can accept this.");
        }

        private void requireOpenTo(@Nullable Member known) {
            if (known != null && known.status == MemberStatus.BANNED && community.visibility == Visibility.PRIVATE)
                throw new NotFound();
            if (known != null) known.requireUnbarred();
            if (community.suspendedAt != null) throw Member.frozen();
        }
    }

    /**
     * What an acceptance is judged by.
     *
     * @param inviter null for one whose account is not in use
     * @param named whether it names the confirmed address of the user
     */
    record Evidence(@Nullable Member inviter, boolean named) {}

    /** For whoever shows its token, whether they see the community or not. Problems: {@code token-spent}. */
    static Uni<Offer> shown(Viewer viewer, UUID id) {
        return Invitation.<Invitation>find("from Invitation i where i.id = ?1", id)
                .firstResult()
                .onItem()
                .ifNull()
                .failWith(Invitation::spent)
                .map(it -> viewer.reached(it.communityId, it))
                .chain(invitation -> Community.<Community>find(
                                "from Community c where c.id = ?1 and c.deletedAt is null", invitation.communityId)
                        .firstResult()
                        .onItem()
                        .ifNull()
                        .failWith(Invitation::spent)
                        .map(community -> new Offer(invitation, community)));
    }

    /** The same, locked for an act. Problems: {@code token-spent}. */
    static Uni<Invitation> heldByToken(Viewer viewer, UUID id) {
        return Invitation.<Invitation>find(
                        "from Invitation i where i.id = ?1 and exists (select 1 from Community c where c.id = i.communityId and c.deletedAt is null)",
                        id)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult()
                .onItem()
                .ifNull()
                .failWith(Invitation::spent)
                .map(it -> viewer.reached(it.communityId, it));
    }

    /** What the acceptance by this user is judged by. */
    static Uni<Evidence> evidence(Invitation invitation, UUID userId) {
        return Member.<Member>find(
                        "from Member m where m.communityId = ?1 and m.userId = ?2 and exists (select 1 from User u where u.id = m.userId and u.status = ACTIVE)",
                        invitation.communityId,
                        invitation.invitedBy)
                .firstResult()
                .chain(inviter -> User.count(
                                "from User u where u.id = ?1 and lower(u.email) = lower(?2) and u.emailVerifiedAt is not null",
                                userId,
                                invitation.email)
                        .map(named -> new Evidence(inviter, named > 0)));
    }

    /** Those that name the address of this user, which must not be erased yet, are over and name it no more. */
    static Uni<Void> forget(UUID userId) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(FORGET)
                        .setParameter("person", userId)
                        .executeUpdate())
                .replaceWithVoid();
    }

    /** Counts one use, by the database's clock. Problems: {@code token-spent}. */
    static Uni<Void> use(Invitation invitation) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(USE)
                        .setParameter("community", invitation.communityId)
                        .setParameter("invitation", invitation.id)
                        .executeUpdate())
                .invoke(counted -> {
                    if (counted == 0) throw spent();
                })
                .replaceWithVoid();
    }

    /**
     * Problems: {@code members-only}, {@code not-allowed} also for roles that the sender could not give, {@code roles-need-email}, {@code
     * one-use-by-email}, {@code expires-at-out-of-range}.
     */
    static Invitation send(Member by, InviteMember in, Instant now) {
        by.require(Permission.MEMBER_INVITE);
        EnumSet<Role> roles = EnumSet.of(Role.CITIZEN);
        if (in.roles() != null) roles.addAll(in.roles());
        if (!isPlain(roles)) by.require(Permission.MEMBER_ROLES);
        if (!isPlain(roles) && in.email() == null)
            throw new Unprocessable(
                    "roles-need-email", "Roles beyond CITIZEN are given to an e-mail address, not by a link.");
        Integer uses = in.maxUses();
        if (in.email() != null && uses != null && uses != 1)
            throw new Unprocessable("one-use-by-email", "An invitation by e-mail is for one.");
        Instant end = in.expiresAt() == null ? now.plus(USUAL_LIFE) : in.expiresAt();
        if (!end.isAfter(now) || end.isAfter(now.plus(LONGEST_LIFE)))
            throw new Unprocessable("expires-at-out-of-range", "An invitation ends within 90 days.");
        Invitation invitation = new Invitation();
        invitation.communityId = by.communityId;
        invitation.email = in.email();
        invitation.roles = roles.toArray(Role[]::new);
        invitation.invitedBy = by.userId;
        invitation.maxUses = uses == null ? 1 : uses;
        invitation.expiresAt = end.truncatedTo(ChronoUnit.MICROS);
        return invitation;
    }

    InvitationSent sent() {
        return new InvitationSent(communityId, id, email != null, List.of(roles), maxUses, expiresAt);
    }

    InvitationAccepted accepted(Member as) {
        return new InvitationAccepted(communityId, id, as.id, as.userId);
    }

    /** Problems: {@code invitation-by-link}, {@code token-spent}. */
    InvitationDeclined decline(Instant now) {
        if (email == null)
            throw new Conflict(
                    "invitation-by-link", "Only an invitation by e-mail is declined: a link can be left alone.");
        requireOpen(now);
        declinedAt = now;
        return new InvitationDeclined(communityId, id);
    }

    /**
     * By who sent it and by ADMINs; what happened: nothing, where it was withdrawn already. Problems: {@code not-allowed}, {@code
     * membership-suspended}, {@code community-suspended}.
     */
    List<InvitationWithdrawn> withdraw(Member by, Instant now) {
        by.require(Permission.MEMBER_INVITE);
        if (!by.userId.equals(invitedBy)) by.require(Permission.MEMBER_ADMIT);
        if (revokedAt != null) return List.of();
        revokedAt = now;
        return List.of(new InvitationWithdrawn(communityId, id));
    }

    private void requireOpen(Instant now) {
        if (statusAt(now) != InvitationStatus.OPEN) throw spent();
    }

    /** Forged, expired, used up, declined or withdrawn: which of these is nobody's business. */
    static Gone spent() {
        return new Gone("token-spent", "This token is used, expired, withdrawn or none of ours: ask for a new one.");
    }

    /** Whether these give no more than every member has. */
    static boolean isPlain(Set<Role> roles) {
        return Set.of(Role.CITIZEN).containsAll(roles);
    }

    Set<Role> roleSet() {
        EnumSet<Role> set = EnumSet.noneOf(Role.class);
        for (Role role : roles) set.add(role);
        return set;
    }

    InvitationStatus statusAt(Instant now) {
        if (revokedAt != null) return InvitationStatus.WITHDRAWN;
        if (declinedAt != null) return InvitationStatus.DECLINED;
        if (uses >= maxUses) return InvitationStatus.USED;
        return now.isBefore(expiresAt) ? InvitationStatus.OPEN : InvitationStatus.EXPIRED;
    }
}
