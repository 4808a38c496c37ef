package org.townsquare.communities;

import io.smallrye.mutiny.Uni;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import org.townsquare.identity.Permission;
import org.townsquare.identity.Role;
import org.townsquare.identity.SignedInUser;
import org.townsquare.identity.Standing;
import org.townsquare.journal.PrivateText;
import org.townsquare.platform.ActiveRecord;
import org.townsquare.platform.Conditions;
import org.townsquare.platform.Cursor;
import org.townsquare.platform.Paging;
import org.townsquare.platform.Problem;
import org.townsquare.platform.Problem.Conflict;
import org.townsquare.platform.Problem.Forbidden;
import org.townsquare.platform.Problem.NotFound;
import org.townsquare.platform.Problem.Unprocessable;

/** A user in a community: status and roles. */
@Entity
@Table(name = "member")
public class Member extends ActiveRecord {
    static final Set<MemberStatus> BARRED = Set.of(MemberStatus.SUSPENDED, MemberStatus.BANNED);

    public UUID communityId;
    public UUID userId;

    @Enumerated(EnumType.STRING)
    public MemberStatus status;

    @JdbcTypeCode(SqlTypes.ARRAY)
    @Enumerated(EnumType.STRING)
    public Role[] roles;

    public @Nullable Instant joinedAt;

    /** Why the status is what it is: private, shown to the member and the ADMINs. */
    public @Nullable String statusReason;

    public Instant statusChangedAt;
    public @Nullable UUID statusChangedBy;

    /** When a suspension ends by itself; null for one without an end. */
    public @Nullable Instant suspendedUntil;

    /** The credential that limits what this member may by this request; null where the member is not the caller. */
    @Transient
    private @Nullable SignedInUser caller;

    @Transient
    private boolean frozen;

    @Transient
    private Map<Permission, Set<Role>> narrowed = Map.of();

    Member() {}

    /**
     * The membership of a user in a community that the viewer has found; else {@code not-found}. Locked for an act. Whoever may not judge members is
     * refused before it is looked for, and so does not learn whether there is one. Problems: those of {@link #require}.
     */
    static Uni<Member> heldIn(Viewer viewer, Community community, UUID userId, Permission act) {
        viewer.in(community.id).requireToJudge(userId, act, viewer);
        return heldIn(community.id, userId).onItem().ifNull().failWith(NotFound::new);
    }

    /** Locks a membership, where there is one: what else this member does under the lock comes before or after. */
    public static Uni<@Nullable Member> heldIn(UUID communityId, UUID userId) {
        return Member.<Member>find("communityId = ?1 and userId = ?2", communityId, userId)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult();
    }

    /**
     * A membership in a community whose row the caller has locked, so that no other act takes the role from an ADMIN at the same time.
     *
     * @param otherAdmins how many others are ADMIN and can act as such
     */
    record Guarded(Member member, long otherAdmins) {}

    /** The same of a community that the caller has locked. */
    static Uni<Guarded> guardedIn(Viewer viewer, Community community, UUID userId, Permission act, Instant now) {
        return heldIn(viewer, community, userId, act)
                .chain(member -> countAdmins(community.id, userId, now).map(others -> new Guarded(member, others)));
    }

    /** Those of a user that are not over, locked; the communities of those that are ADMIN are locked before. */
    static Uni<List<Member>> heldOf(UUID userId) {
        return Member.<Member>find("userId = ?1 and status <> ?2 order by communityId", userId, MemberStatus.LEFT)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .list();
    }

    /** Of a community that the viewer has found, one who is shown to them; else {@code not-found}. */
    static Uni<Member> shownTo(Viewer viewer, Community community, UUID userId, Instant now) {
        Member looking = viewer.in(community.id);
        boolean own = userId.equals(viewer.actorId());
        if (!own) requireReader(viewer, looking);
        return Member.<Member>find("communityId = ?1 and userId = ?2", community.id, userId)
                .firstResult()
                .map(member -> {
                    if (member == null || !(own || member.isActive(now) || looking.may(Permission.MEMBER_READ_ALL)))
                        throw new NotFound();
                    return member;
                });
    }

    /** For members of the community and for PLATFORM_ADMINs, in the order of their user ids; others than active ones for ADMINs alone. */
    static Uni<List<MemberRow>> page(
            Viewer viewer, Community community, MemberStatus status, @Nullable Role role, Paging paging, Instant now) {
        Member looking = viewer.in(community.id);
        requireReader(viewer, looking);
        if (status != MemberStatus.ACTIVE) looking.require(Permission.MEMBER_READ_ALL);
        String rows =
                "select m.userId, u.name, m.status, m.roles, m.joinedAt, m.statusReason, m.suspendedUntil, m.statusChangedAt, m.statusChangedBy "
                        + "from Member m join User u on u.id = m.userId where m.communityId = ?1 and m.userId > ?2";
        var asked = new Conditions(
                community.id, paging.after(Cursor.of(new UUID(0, 0))).id(), status);
        switch (status) {
            case ACTIVE -> asked.and("(m.status = ?3 or m.status = SUSPENDED and m.suspendedUntil <= %s)", now);
            case SUSPENDED -> asked.and("m.status = ?3 and (m.suspendedUntil is null or m.suspendedUntil > %s)", now);
            default -> asked.and("m.status = ?3");
        }
        asked.and("array_position(m.roles, %s) > 0", role);
        return Member.find(rows + asked.text() + " order by m.userId", asked.values())
                .project(MemberRow.class)
                .page(0, paging.rows())
                .list();
    }

    /** Everybody may end the own membership, and a PLATFORM_ADMIN name an ADMIN. */
    private void requireToJudge(UUID whom, Permission act, Viewer viewer) {
        boolean own = act == Permission.MEMBER_REMOVE && whom.equals(userId);
        if (!own && !viewer.hasPlatform(act)) require(act);
    }

    private static void requireReader(Viewer viewer, Member looking) {
        if (!viewer.hasPlatform(Permission.MEMBER_READ)) looking.require(Permission.MEMBER_READ);
    }

    /**
     * How many can act as ADMIN.
     *
     * @param except who is not counted
     */
    static Uni<Long> countAdmins(UUID communityId, UUID except, Instant now) {
        return Member.count(
                "from Member m where m.communityId = ?1 and m.userId <> ?2 and array_position(m.roles, ?3) > 0 "
                        + "and (m.status = ACTIVE or m.status = SUSPENDED and m.suspendedUntil <= ?4) "
                        + "and exists (select 1 from User u where u.id = m.userId and u.status = ACTIVE)",
                communityId,
                except,
                Role.ADMIN,
                now);
    }

    /** Of a community that the caller has locked. */
    static Uni<Boolean> isLastAdmin(UUID communityId, UUID userId, Instant now) {
        return countAdmins(communityId, userId, now)
                .chain(others -> others > 0
                        ? Uni.createFrom().item(false)
                        : Member.<Member>find("communityId = ?1 and userId = ?2", communityId, userId)
                                .firstResult()
                                .map(member -> member != null
                                        && member.isActive(now)
                                        && member.roleSet().contains(Role.ADMIN)));
    }

    static Member founder(Community community, UUID userId, Instant now) {
        return join(community.id, userId, MemberStatus.ACTIVE, EnumSet.of(Role.CITIZEN, Role.ADMIN), now);
    }

    /** Joins an OPEN community at once and asks in one of REQUEST. Problems: {@code invitation-needed}. */
    static Member join(Community community, UUID userId, Instant now) {
        MemberStatus first = first(community);
        return join(community.id, userId, first, rolesAt(first), now);
    }

    /** Becomes a member by an invitation to these roles. */
    static Member invited(Community community, UUID userId, Set<Role> roles, Instant now) {
        return join(community.id, userId, MemberStatus.ACTIVE, withCitizen(roles), now);
    }

    private static MemberStatus first(Community community) {
        return switch (community.joinPolicy) {
            case OPEN -> MemberStatus.ACTIVE;
            case REQUEST -> MemberStatus.PENDING;
            case INVITE -> throw new Forbidden("invitation-needed", "This community is joined by invitation.");
        };
    }

    private static Set<Role> rolesAt(MemberStatus first) {
        return first == MemberStatus.ACTIVE ? EnumSet.of(Role.CITIZEN) : EnumSet.noneOf(Role.class);
    }

    private static Set<Role> withCitizen(Set<Role> roles) {
        EnumSet<Role> all = EnumSet.of(Role.CITIZEN);
        all.addAll(roles);
        return all;
    }

    private static Member join(UUID communityId, UUID userId, MemberStatus status, Set<Role> roles, Instant now) {
        Member member = new Member();
        member.communityId = communityId;
        member.userId = userId;
        member.status = status;
        member.roles = roles.toArray(Role[]::new);
        member.joinedAt = status == MemberStatus.ACTIVE ? now : null;
        member.statusChangedAt = now;
        member.statusChangedBy = userId;
        return member;
    }

    /** As the session look-up saw it: for questions, never stored. */
    static Member standing(SignedInUser caller, Standing standing) {
        Member member = new Member();
        member.caller = caller;
        member.frozen = standing.frozen();
        member.narrowed = standing.narrowed();
        member.communityId = standing.communityId();
        member.userId = caller.id();
        member.status = MemberStatus.valueOf(standing.status());
        member.roles = standing.roles().toArray(Role[]::new);
        return member;
    }

    static Member stranger(UUID communityId, UUID userId) {
        Member member = new Member();
        member.communityId = communityId;
        member.userId = userId;
        member.status = MemberStatus.NONE;
        member.roles = new Role[0];
        return member;
    }

    MembershipFact joined() {
        return status == MemberStatus.ACTIVE
                ? new MemberJoined(communityId, id, userId)
                : new MembershipAsked(communityId, id, userId);
    }

    /**
     * The user comes again: one who left joins anew, one who is a member or has asked stays that. Problems: {@code invitation-needed}, {@code
     * membership-banned}, {@code membership-suspended}.
     *
     * @return what happened, if anything
     */
    List<MembershipFact> joinAgain(Community community, Instant now) {
        requireJoinable(now);
        if (status != MemberStatus.LEFT) return List.of();
        MemberStatus first = first(community);
        enter(first, rolesAt(first), now);
        return List.of(joined());
    }

    /** The same by an invitation; who has asked becomes a member as well. Problems: {@code membership-banned}, {@code membership-suspended}. */
    List<MembershipFact> acceptInvitation(Set<Role> invitedTo, Instant now) {
        requireJoinable(now);
        if (status == MemberStatus.ACTIVE) return List.of();
        enter(MemberStatus.ACTIVE, withCitizen(invitedTo), now);
        return List.of(joined());
    }

    private void requireJoinable(Instant now) {
        settle(now);
        if (status == MemberStatus.BANNED) throw banned();
        if (status == MemberStatus.SUSPENDED) throw suspended();
    }

    private void enter(MemberStatus as, Set<Role> with, Instant now) {
        become(as, userId, null, now);
        roles = with.toArray(Role[]::new);
        if (as == MemberStatus.ACTIVE) joinedAt = now;
    }

    /** Problems: {@code not-allowed}, {@code member-not-pending}. */
    MembershipFact approve(Member by, Instant now) {
        by.require(Permission.MEMBER_ADMIT);
        if (status != MemberStatus.PENDING)
            throw new Conflict("member-not-pending", "Only who has asked to become a member is approved.");
        become(MemberStatus.ACTIVE, by.userId, null, now);
        roles = new Role[] {Role.CITIZEN};
        joinedAt = now;
        return joined();
    }

    /**
     * The user leaves or takes back what they asked for; or an ADMIN removes or declines them. Problems: {@code not-found}, {@code not-allowed}, {@code
     * community-suspended}, {@code member-left}, {@code member-banned}, {@code last-admin}.
     */
    MembershipFact leave(Member by, long otherAdmins, Instant now) {
        settle(now);
        boolean own = by.userId.equals(userId);
        if (own) by.requireUnfrozen();
        else by.require(Permission.MEMBER_REMOVE);
        if (own && (status == MemberStatus.LEFT || status == MemberStatus.BANNED)) throw new NotFound();
        requireStanding();
        boolean pending = status == MemberStatus.PENDING;
        requireNotLastAdmin(otherAdmins);
        become(MemberStatus.LEFT, by.userId, null, now);
        return ended(pending);
    }

    private MembershipFact ended(boolean pending) {
        return pending ? new MembershipDeclined(communityId, id, userId) : new MemberLeft(communityId, id, userId);
    }

    /** The account is erased: nothing refuses that here. */
    MembershipFact erase(Instant now) {
        boolean pending = status == MemberStatus.PENDING;
        become(MemberStatus.LEFT, null, null, now);
        return ended(pending);
    }

    /** Problems: {@code not-allowed}, {@code member-not-active}, {@code until-in-the-past}, {@code last-admin}. */
    MembershipFact suspend(Member by, SuspendMember in, long otherAdmins, Instant now) {
        by.require(Permission.MEMBER_SUSPEND);
        settle(now);
        if (status != MemberStatus.ACTIVE)
            throw new Conflict("member-not-active", "Only an active member can be suspended.");
        Instant until = in.until() == null ? null : in.until().truncatedTo(ChronoUnit.MICROS);
        if (until != null && !until.isAfter(now))
            throw new Unprocessable("until-in-the-past", "until is the time when the suspension ends.");
        requireNotLastAdmin(otherAdmins);
        Role[] kept = roles;
        become(MemberStatus.SUSPENDED, by.userId, in.reason().strip(), now);
        roles = kept;
        suspendedUntil = until;
        return new MemberSuspended(communityId, id, userId, until, new PrivateText(statusReason));
    }

    /** Problems: {@code not-allowed}, {@code member-not-suspended}. */
    MembershipFact liftSuspension(Member by, Instant now) {
        by.require(Permission.MEMBER_SUSPEND);
        settle(now);
        if (status != MemberStatus.SUSPENDED)
            throw new Conflict("member-not-suspended", "The member is not suspended.");
        Role[] kept = roles;
        become(MemberStatus.ACTIVE, by.userId, null, now);
        roles = kept;
        return new SuspensionLifted(communityId, id, userId);
    }

    /** Problems: {@code not-allowed}, {@code member-left}, {@code member-banned}, {@code last-admin}. */
    MembershipFact ban(Member by, String reason, long otherAdmins, Instant now) {
        by.require(Permission.MEMBER_BAN);
        settle(now);
        requireStanding();
        requireNotLastAdmin(otherAdmins);
        become(MemberStatus.BANNED, by.userId, reason.strip(), now);
        return new MemberBanned(communityId, id, userId, new PrivateText(statusReason));
    }

    /** Who was banned is a stranger then, who may join. Problems: {@code not-allowed}, {@code member-not-banned}. */
    MembershipFact liftBan(Member by, Instant now) {
        by.require(Permission.MEMBER_BAN);
        if (status != MemberStatus.BANNED) throw new Conflict("member-not-banned", "This user is not banned.");
        become(MemberStatus.LEFT, by.userId, null, now);
        return new BanLifted(communityId, id, userId);
    }

    /**
     * Gives exactly these roles, and CITIZEN. Problems: {@code not-allowed}, {@code member-not-active} also where the account of a new ADMIN is not in
     * use, {@code last-admin}.
     *
     * @param inUse whether the account is, and stays so
     * @return what happened: nothing, where the member had them already
     */
    List<RolesChanged> giveRoles(Member by, Set<Role> given, boolean inUse, long otherAdmins, Instant now) {
        by.require(Permission.MEMBER_ROLES);
        settle(now);
        if (status != MemberStatus.ACTIVE)
            throw new Conflict("member-not-active", "Only an active member can hold roles.");
        Set<Role> after = withCitizen(given);
        if (!after.contains(Role.ADMIN)) requireNotLastAdmin(otherAdmins);
        else if (!roleSet().contains(Role.ADMIN)) requireInUse(inUse);
        return hold(after);
    }

    /**
     * A PLATFORM_ADMIN names an ADMIN, so that a community whose last one must go has another: one role more and no other change, and nobody
     * themselves. Problems: {@code not-allowed}, {@code member-not-active}.
     *
     * @param inUse whether the account is, and stays so
     */
    List<RolesChanged> nameAdmin(Viewer by, Set<Role> given, boolean inUse, Instant now) {
        by.requirePlatform(Permission.MEMBER_ROLES);
        if (by.userId().equals(userId))
            throw new Forbidden("not-allowed", "A PLATFORM_ADMIN names somebody else ADMIN.");
        settle(now);
        if (status != MemberStatus.ACTIVE)
            throw new Conflict("member-not-active", "Only an active member can hold roles.");
        Set<Role> after = withCitizen(roleSet());
        after.add(Role.ADMIN);
        if (!after.equals(withCitizen(given)))
            throw new Forbidden("not-allowed", "A PLATFORM_ADMIN adds the role ADMIN and changes no other.");
        requireInUse(inUse);
        return hold(after);
    }

    private static void requireInUse(boolean inUse) {
        if (!inUse) throw new Conflict("member-not-active", "The account of this member is not in use.");
    }

    private List<RolesChanged> hold(Set<Role> after) {
        Set<Role> before = roleSet();
        if (before.equals(after)) return List.of();
        roles = after.toArray(Role[]::new);
        return List.of(new RolesChanged(communityId, id, userId, List.copyOf(before), List.copyOf(after)));
    }

    /** A suspension that has run out is over, whether somebody wrote that down or not. */
    private void settle(Instant now) {
        Instant end = suspendedUntil;
        if (status != MemberStatus.SUSPENDED || end == null || end.isAfter(now)) return;
        status = MemberStatus.ACTIVE;
        statusReason = null;
        statusChangedAt = end;
        statusChangedBy = null;
        suspendedUntil = null;
    }

    private void become(MemberStatus next, @Nullable UUID by, @Nullable String reason, Instant now) {
        status = next;
        statusReason = reason;
        statusChangedAt = now;
        statusChangedBy = by;
        suspendedUntil = null;
        roles = new Role[0];
    }

    private void requireStanding() {
        if (status == MemberStatus.LEFT) throw new Conflict("member-left", "This user is no member any more.");
        if (status == MemberStatus.BANNED) throw new Conflict("member-banned", "This user is banned.");
    }

    private void requireNotLastAdmin(long otherAdmins) {
        if (status == MemberStatus.ACTIVE && roleSet().contains(Role.ADMIN) && otherAdmins == 0)
            throw new Conflict("last-admin", "A community needs an ADMIN: give the role to another member first.");
    }

    /** Whether they are active, or were suspended until a time that has come. */
    boolean isActive(Instant now) {
        return statusAt(status, suspendedUntil, now) == MemberStatus.ACTIVE;
    }

    /** What a stored status means at a time. */
    static MemberStatus statusAt(MemberStatus status, @Nullable Instant until, Instant now) {
        return status == MemberStatus.SUSPENDED && until != null && !until.isAfter(now) ? MemberStatus.ACTIVE : status;
    }

    /** Whether this member, as they stand now, could themselves give these roles by an invitation. */
    boolean couldInviteTo(Set<Role> invitedTo, CommunitySettings settings, Instant now) {
        narrowed = settings.narrow();
        return isActive(now)
                && hasRoleFor(Permission.MEMBER_INVITE)
                && (Invitation.isPlain(invitedTo) || hasRoleFor(Permission.MEMBER_ROLES));
    }

    /** Whether joining this community would change anything. */
    boolean mayJoin(Community community) {
        return (status == MemberStatus.NONE || status == MemberStatus.LEFT)
                && community.joinPolicy != JoinPolicy.INVITE
                && community.suspendedAt == null;
    }

    /** Whether it is not the member who looks, but an admin who acts as the member. */
    public boolean isImpersonated() {
        return caller != null && caller.isImpersonated();
    }

    public boolean isActive() {
        return status == MemberStatus.ACTIVE;
    }

    public Set<Role> roleSet() {
        EnumSet<Role> set = EnumSet.noneOf(Role.class);
        for (Role role : roles) set.add(role);
        return set;
    }

    /**
     * What bars whoever writes by another right than a role, such as a place in an electorate or the code of an event. Problems: {@code
     * membership-suspended}, {@code membership-banned}, {@code community-suspended}.
     */
    public void requireUnbarred() {
        if (status == MemberStatus.SUSPENDED) throw suspended();
        if (status == MemberStatus.BANNED) throw banned();
        requireUnfrozen();
    }

    private void requireUnfrozen() {
        if (frozen) throw frozen();
    }

    private static Forbidden suspended() {
        return new Forbidden("membership-suspended", "Your membership is suspended: you may read, but not do this.");
    }

    static Forbidden frozen() {
        return new Forbidden("community-suspended", "This community is suspended: nothing in it can be changed.");
    }

    private static Forbidden banned() {
        return new Forbidden("membership-banned", "You are banned from this community.");
    }

    /** Whether the member sees what a CITIZEN sees: a suspended one reads and writes nothing. */
    public boolean mayRead() {
        return isActive() || status == MemberStatus.SUSPENDED;
    }

    /** Whether status, roles, the settings of the community and the credential together give it. */
    public boolean may(Permission permission) {
        return refusal(permission) == null;
    }

    /**
     * Problems: {@code members-only} for one who is no member, {@code membership-suspended}, {@code community-suspended}, {@code not-allowed} for
     * one without the role, {@code scope-missing}, {@code impersonation-forbidden}.
     */
    public void require(Permission permission) {
        Problem refusal = refusal(permission);
        if (refusal != null) throw refusal;
    }

    /** What every member may read of the community itself. Problems: {@code members-only}. */
    void requireToRead() {
        if (!mayRead()) throw strangers();
    }

    private static Forbidden strangers() {
        return new Forbidden("members-only", "Only active members of this community may do this.");
    }

    private @Nullable Problem refusal(Permission permission) {
        if (!mayRead()) return strangers();
        if (!permission.is(Permission.Mark.READS)) {
            if (!isActive()) return suspended();
            if (frozen) return frozen();
        }
        if (!hasRoleFor(permission))
            return new Forbidden("not-allowed", "Your roles do not give you " + permission.text() + ".");
        return caller == null ? null : caller.refusal(permission);
    }

    private boolean hasRoleFor(Permission permission) {
        Set<Role> giving = narrowed.getOrDefault(permission, permission.roles());
        // who is suspended reads what a CITIZEN reads, whatever else they were
        if (status == MemberStatus.SUSPENDED) return giving.contains(Role.CITIZEN);
        for (Role role : roles) if (giving.contains(role)) return true;
        return false;
    }
}
