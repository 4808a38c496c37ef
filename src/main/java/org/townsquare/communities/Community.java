package org.townsquare.communities;

import io.quarkus.hibernate.reactive.panache.PanacheQuery;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.townsquare.identity.Permission;
import org.townsquare.identity.Role;
import org.townsquare.journal.PrivateText;
import org.townsquare.platform.ActiveRecord;
import org.townsquare.platform.Conditions;
import org.townsquare.platform.Cursor;
import org.townsquare.platform.Paging;
import org.townsquare.platform.Problem.Conflict;
import org.townsquare.platform.Problem.Gone;
import org.townsquare.platform.Problem.NotFound;
import org.townsquare.platform.Problem.Unprocessable;

/** A tenant: an independent democratic space with its own members, rules and events. */
@Entity
@Table(name = "community")
public class Community extends ActiveRecord {
    /**
     * The condition that the viewer {@code ?1} sees a community {@code c}: one that is PUBLIC and not suspended by the platform, or that they are a
     * member of; never a deleted one. The same as {@code community_visible_to} in SQL. A credential for one community is judged by
     * {@link Viewer#reached} afterwards.
     */
    public static final String SEEN =
            "(c.deletedAt is null and (c.visibility = PUBLIC and c.suspendedAt is null or exists (select 1 from Member m where m.communityId = c.id and m.userId = ?1 and m.status in (ACTIVE, SUSPENDED))))";

    private static final String VISIBLE = "from Community c where c.id = ?2 and " + SEEN;

    /** What a PLATFORM_ADMIN reads without being a member. */
    private static final String UNDELETED = "from Community c where c.id = ?1 and c.deletedAt is null";

    /** Who only asked to become a member does not see a community that became PRIVATE meanwhile, but can take it back. */
    private static final String LEAVABLE = "from Community c where c.id = ?2 and (" + SEEN
            + " or c.deletedAt is null and exists (select 1 from Member p where p.communityId = c.id and p.userId = ?1 and p.status = PENDING))";

    private static final Duration RESTORABLE = Duration.ofDays(30);

    public UUID marketId;
    public String slug;
    public String name;
    public @Nullable String description;

    @Enumerated(EnumType.STRING)
    public Visibility visibility;

    @Enumerated(EnumType.STRING)
    public JoinPolicy joinPolicy;

    @Column(columnDefinition = "jsonb")
    public JsonObject metadata;

    /** {@link CommunitySettings} as it is stored. */
    @Column(columnDefinition = "jsonb")
    public JsonObject settings = new JsonObject();

    public UUID createdBy;
    public @Nullable Instant suspendedAt;
    public @Nullable Instant deletedAt;

    Community() {}

    /** A PUBLIC community is seen by everyone, a PRIVATE one by its members; else {@code not-found}. */
    public static Uni<Community> visibleTo(Viewer viewer, UUID id) {
        return one(viewer, visible(viewer, id).firstResult());
    }

    /** The same, locked against changes of its roles. Does not conflict with the locks that references to it take. */
    static Uni<Community> heldBy(Viewer viewer, UUID id) {
        return one(
                viewer,
                visible(viewer, id).withLock(LockModeType.PESSIMISTIC_WRITE).firstResult());
    }

    /** The same as {@link #visibleTo}, and for a PLATFORM_ADMIN every community that is not deleted. */
    public static Uni<Community> readBy(Viewer viewer, UUID id) {
        return one(viewer, readable(viewer, id).firstResult());
    }

    /** The same, locked as {@link #heldBy}. */
    static Uni<Community> heldByReader(Viewer viewer, UUID id) {
        return one(
                viewer,
                readable(viewer, id).withLock(LockModeType.PESSIMISTIC_WRITE).firstResult());
    }

    /** The same as {@link #heldBy}, and for who has asked to become a member and takes that back. */
    static Uni<Community> heldToEnd(Viewer viewer, UUID id, UUID userId) {
        if (!userId.equals(viewer.actorId())) return heldBy(viewer, id);
        return one(
                viewer,
                Community.<Community>find(LEAVABLE, viewer.userIdOrNobody(), id)
                        .withLock(LockModeType.PESSIMISTIC_WRITE)
                        .firstResult());
    }

    /** For a PLATFORM_ADMIN a deleted one too; for others the same as {@link #heldBy}. */
    static Uni<Community> heldToRestore(Viewer viewer, UUID id) {
        if (!viewer.hasPlatform(Permission.COMMUNITY_RESTORE)) return heldBy(viewer, id);
        return one(
                viewer,
                Community.<Community>find("from Community c where c.id = ?1", id)
                        .withLock(LockModeType.PESSIMISTIC_WRITE)
                        .firstResult());
    }

    /**
     * Those where this user is an ADMIN, locked in a fixed order, so that two who do the same never wait for each other in a ring. Deleted ones too:
     * whoever restores one counts its ADMINs under the same lock.
     */
    static Uni<List<Community>> heldOfAdmin(UUID userId) {
        return Community.<Community>find(
                        "from Community c where exists (select 1 from Member m where m.communityId = c.id and m.userId = ?1 "
                                + "and m.status in (ACTIVE, SUSPENDED) and array_position(m.roles, ?2) > 0) order by c.id",
                        userId,
                        Role.ADMIN)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .list();
    }

    /**
     * Those that the viewer sees, the newest first.
     *
     * @param name a part of the name, in any case
     * @param own only those that the viewer founded
     */
    static Uni<List<CommunityRow>> page(
            Viewer viewer, @Nullable String name, @Nullable Market market, boolean own, Paging paging) {
        boolean all = viewer.hasPlatform(Permission.COMMUNITY_READ);
        var asked = (all ? new Conditions() : new Conditions(viewer.userIdOrNobody()))
                .and("c.id < %s", paging.after(Cursor.of(new UUID(-1, -1))).id())
                .and("c.id = %s", viewer.within())
                .and("c.createdBy = %s", own ? viewer.userIdOrNobody() : null)
                .and("c.marketId = %s", market == null ? null : market.id)
                .and("locate(lower(%s), lower(c.name)) > 0", name);
        return Community.find(
                        "select c.id, c.slug, c.name, k.code, c.visibility, c.joinPolicy, c.suspendedAt, c.createdAt "
                                + "from Community c join Market k on k.id = c.marketId where "
                                + (all ? "c.deletedAt is null" : SEEN) + asked.text() + " order by c.id desc",
                        asked.values())
                .project(CommunityRow.class)
                .page(0, paging.rows())
                .list();
    }

    /** Those where the viewer has this permission, the newest first. */
    public static Uni<List<Community>> pageWith(Permission permission, Viewer viewer, Paging paging) {
        return Community.<Community>find(
                        "from Community c where " + SEEN + " and c.id in ?2 and c.id < ?3 order by c.id desc",
                        viewer.userIdOrNobody(),
                        viewer.communitiesWith(permission),
                        paging.after(Cursor.of(new UUID(-1, -1))).id())
                .page(0, paging.rows())
                .list();
    }

    private static PanacheQuery<Community> readable(Viewer viewer, UUID id) {
        return viewer.hasPlatform(Permission.COMMUNITY_READ) ? Community.find(UNDELETED, id) : visible(viewer, id);
    }

    private static PanacheQuery<Community> visible(Viewer viewer, UUID id) {
        return Community.find(VISIBLE, viewer.userIdOrNobody(), id);
    }

    private static Uni<Community> one(Viewer viewer, Uni<@Nullable Community> found) {
        return found.onItem().ifNull().failWith(NotFound::new).map(it -> viewer.reached(it.id, it));
    }

    /** Problems: {@code metadata-inexact}; at the flush {@code slug-taken}, {@code metadata-too-large}. */
    static Community found(Market market, UUID founder, FoundCommunity in) {
        Community community = new Community();
        community.marketId = market.id;
        community.slug = in.slug();
        community.name = in.name().strip();
        community.description = in.description();
        community.visibility = in.visibility() == null ? Visibility.PUBLIC : in.visibility();
        community.joinPolicy = in.joinPolicy() == null ? JoinPolicy.OPEN : in.joinPolicy();
        community.metadata = Metadata.of(in.metadata());
        community.createdBy = founder;
        return community;
    }

    CommunityFounded founded() {
        return new CommunityFounded(id, marketId, visibility, joinPolicy);
    }

    CommunitySettings settings() {
        return CommunitySettings.of(settings);
    }

    /** Who reads the log of it. */
    public AuditReaders auditReaders() {
        return settings().auditReaders();
    }

    /**
     * What happened: nothing, where everything is as it was. Problems: {@code not-allowed}, {@code metadata-inexact}; at the flush {@code slug-taken},
     * {@code metadata-too-large}.
     */
    List<CommunityChanged> edit(Member by, EditCommunity in) {
        by.require(Permission.COMMUNITY_EDIT);
        var changed = new ArrayList<CommunityChanged.Field>();
        if (in.name() != null && !in.name().strip().equals(name)) {
            name = in.name().strip();
            changed.add(CommunityChanged.Field.NAME);
        }
        if (in.slug() != null && !in.slug().equals(slug)) {
            slug = in.slug();
            changed.add(CommunityChanged.Field.SLUG);
        }
        String text = in.description();
        if (text != null && !text.equals(description == null ? "" : description)) {
            description = text.isEmpty() ? null : text;
            changed.add(CommunityChanged.Field.DESCRIPTION);
        }
        if (in.metadata() != null && !Metadata.of(in.metadata()).equals(metadata)) {
            metadata = Metadata.of(in.metadata());
            changed.add(CommunityChanged.Field.METADATA);
        }
        if (in.visibility() != null && in.visibility() != visibility) {
            visibility = in.visibility();
            changed.add(CommunityChanged.Field.VISIBILITY);
        }
        if (in.joinPolicy() != null && in.joinPolicy() != joinPolicy) {
            joinPolicy = in.joinPolicy();
            changed.add(CommunityChanged.Field.JOIN_POLICY);
        }
        return changed.isEmpty()
                ? List.of()
                : List.of(new CommunityChanged(id, List.copyOf(changed), visibility, joinPolicy));
    }

    /** What happened: nothing, where they were these already. Problems: {@code not-allowed}, {@code narrow-not-allowed}. */
    List<SettingsChanged> put(Member by, ChangeSettings in) {
        by.require(Permission.COMMUNITY_SETTINGS);
        CommunitySettings after = CommunitySettings.of(in);
        if (after.equals(settings())) return List.of();
        settings = after.json();
        return List.of(new SettingsChanged(id, List.copyOf(after.narrow().keySet()), after.auditReaders()));
    }

    /**
     * For 30 days it can be restored. Problems: {@code not-allowed}, {@code slug-mismatch}.
     *
     * @param typed its slug, which who deletes it types again
     */
    CommunityDeleted delete(Member by, @Nullable String typed, Instant now) {
        by.require(Permission.COMMUNITY_DELETE);
        if (!slug.equals(typed))
            throw new Unprocessable("slug-mismatch", "Type the slug of the community again, as the parameter slug.");
        deletedAt = now;
        return new CommunityDeleted(id);
    }

    /**
     * Problems: {@code not-allowed}, {@code community-not-deleted}, {@code restoration-expired}, {@code community-without-admin}; at the flush {@code
     * slug-taken}.
     *
     * @param admins how many of its ADMINs still have an account
     */
    CommunityRestored restore(Viewer by, long admins, Instant now) {
        by.requirePlatform(Permission.COMMUNITY_RESTORE);
        if (deletedAt == null) throw new Conflict("community-not-deleted", "The community is not deleted.");
        if (!now.isBefore(deletedAt.plus(RESTORABLE)))
            throw new Gone("restoration-expired", "It was deleted more than 30 days ago.");
        if (admins == 0)
            throw new Conflict("community-without-admin", "The accounts of its ADMINs are disabled or erased.");
        deletedAt = null;
        return new CommunityRestored(id);
    }

    /** Its members read, nobody writes, and others do not see it. Problems: {@code not-allowed}, {@code community-suspended}. */
    CommunitySuspended suspend(Viewer by, String reason, Instant now) {
        by.requirePlatform(Permission.COMMUNITY_SUSPEND);
        if (suspendedAt != null) throw new Conflict("community-suspended", "The community is suspended already.");
        suspendedAt = now;
        return new CommunitySuspended(id, new PrivateText(reason.strip()));
    }

    /** Problems: {@code not-allowed}, {@code community-not-suspended}. */
    CommunitySuspensionLifted liftSuspension(Viewer by) {
        by.requirePlatform(Permission.COMMUNITY_SUSPEND);
        if (suspendedAt == null) throw new Conflict("community-not-suspended", "The community is not suspended.");
        suspendedAt = null;
        return new CommunitySuspensionLifted(id);
    }
}
