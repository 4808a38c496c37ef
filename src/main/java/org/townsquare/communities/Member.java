package org.townsquare.communities;

import io.smallrye.mutiny.Uni;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import org.townsquare.identity.Permission;
import org.townsquare.identity.Role;
import org.townsquare.identity.Standing;
import org.townsquare.platform.ActiveRecord;
import org.townsquare.platform.Cursor;
import org.townsquare.platform.Paging;
import org.townsquare.platform.Problem.Conflict;
import org.townsquare.platform.Problem.Forbidden;
import org.townsquare.platform.Problem.NotFound;

/** A user in a community: status and roles. */
@Entity
@Table(name = "member")
public class Member extends ActiveRecord {
    public UUID communityId;
    public UUID userId;

    @Enumerated(EnumType.STRING)
    public MemberStatus status;

    @JdbcTypeCode(SqlTypes.ARRAY)
    @Enumerated(EnumType.STRING)
    public Role[] roles;

    public @Nullable Instant joinedAt;
    public Instant statusChangedAt;
    public @Nullable UUID statusChangedBy;

    Member() {}

    /** The membership of a user in a community that the viewer has found; else {@code not-found}. Locked for an act. */
    static Uni<Member> heldIn(Community community, UUID userId) {
        return heldIn(community.id, userId).onItem().ifNull().failWith(NotFound::new);
    }

    /** Locks a membership, where there is one: what else this member does under the lock comes before or after. */
    public static Uni<@Nullable Member> heldIn(UUID communityId, UUID userId) {
        return Member.<Member>find("communityId = ?1 and userId = ?2", communityId, userId)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult();
    }

    /** The same, where there may be none. */
    static Uni<@Nullable Member> ofUser(Community community, UUID userId) {
        return Member.<Member>find("communityId = ?1 and userId = ?2", community.id, userId)
                .firstResult();
    }

    /** For members of the community alone, in the order of their user ids. */
    static Uni<List<MemberView>> page(Member viewer, Paging paging) {
        viewer.require(Permission.MEMBER_READ);
        return Member.find(
                        "select m.userId, u.name, m.status, m.roles, m.joinedAt "
                                + "from Member m join User u on u.id = m.userId where m.communityId = ?1 and m.userId > ?2 order by m.userId",
                        viewer.communityId,
                        paging.after(Cursor.of(new UUID(0, 0))).id())
                .project(MemberView.class)
                .page(0, paging.rows())
                .list();
    }

    static Uni<Long> countAdmins(UUID communityId) {
        return count(
                "communityId = ?1 and status = ?2 and array_position(roles, ?3) > 0",
                communityId,
                MemberStatus.ACTIVE,
                Role.ADMIN);
    }

    static Member founder(Community community, UUID userId, Instant now) {
        return join(community.id, userId, MemberStatus.ACTIVE, EnumSet.of(Role.CITIZEN, Role.ADMIN), now);
    }

    /** Joins an OPEN community at once and asks in one of REQUEST. Problems: {@code invitation-needed}. */
    static Member join(Community community, UUID userId, Instant now) {
        return switch (community.joinPolicy) {
            case OPEN -> join(community.id, userId, MemberStatus.ACTIVE, EnumSet.of(Role.CITIZEN), now);
            case REQUEST -> join(community.id, userId, MemberStatus.PENDING, EnumSet.noneOf(Role.class), now);
            case INVITE -> throw new Forbidden("invitation-needed", "This community is joined by invitation.");
        };
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
    static Member standing(UUID userId, Standing standing) {
        Member member = new Member();
        member.communityId = standing.communityId();
        member.userId = userId;
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
     * Gives exactly these roles, and CITIZEN. The caller holds the community and counted its admins under that lock. Problems: {@code not-allowed},
     * {@code member-not-active}, {@code last-admin}.
     */
    RolesChanged giveRoles(Member by, Set<Role> given, long admins) {
        by.require(Permission.MEMBER_ROLES);
        if (status != MemberStatus.ACTIVE)
            throw new Conflict("member-not-active", "Only an active member can hold roles.");
        EnumSet<Role> after = EnumSet.of(Role.CITIZEN);
        after.addAll(given);
        Set<Role> before = roleSet();
        if (before.contains(Role.ADMIN) && !after.contains(Role.ADMIN) && admins <= 1)
            throw new Conflict("last-admin", "A community needs an ADMIN: give the role to another member first.");
        roles = after.toArray(Role[]::new);
        return new RolesChanged(communityId, id, userId, List.copyOf(before), List.copyOf(after));
    }

    public boolean isActive() {
        return status == MemberStatus.ACTIVE;
    }

    public Set<Role> roleSet() {
        EnumSet<Role> set = EnumSet.noneOf(Role.class);
        for (Role role : roles) set.add(role);
        return set;
    }

    /** Whether one of the roles gives it. */
    public boolean may(Permission permission) {
        if (!isActive()) return false;
        for (Role role : roles) if (permission.roles().contains(role)) return true;
        return false;
    }

    /** Problems: {@code members-only} for one who is no active member, {@code not-allowed} for one without the role. */
    public void require(Permission permission) {
        if (!isActive()) throw new Forbidden("members-only", "Only active members of this community may do this.");
        if (!may(permission))
            throw new Forbidden("not-allowed", "Your roles do not give you " + permission.text() + ".");
    }
}
