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
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.ActiveRecord;
import org.townsquare.platform.Problem.NotFound;

/** A tenant: an independent democratic space with its own members, rules and events. */
@Entity
@Table(name = "community")
public class Community extends ActiveRecord {
    /**
     * The condition that the viewer {@code ?1} sees a community {@code c}: one that is PUBLIC, or that they are a member of. The same as
     * {@code community_visible_to} in SQL.
     */
    public static final String SEEN =
            "(c.visibility = PUBLIC or exists (select 1 from Member m where m.communityId = c.id and m.userId = ?1 and m.status = ACTIVE))";

    private static final String VISIBLE = "from Community c where c.id = ?2 and " + SEEN;

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

    public UUID createdBy;

    Community() {}

    /** A PUBLIC community is seen by everyone, a PRIVATE one by its members; else {@code not-found}. */
    public static Uni<Community> visibleTo(Viewer viewer, UUID id) {
        return one(visible(viewer, id).firstResult());
    }

    /** The same, locked against changes of its roles. Does not conflict with the locks that references to it take. */
    static Uni<Community> heldBy(Viewer viewer, UUID id) {
        return one(visible(viewer, id).withLock(LockModeType.PESSIMISTIC_WRITE).firstResult());
    }

    private static PanacheQuery<Community> visible(Viewer viewer, UUID id) {
        return Community.find(VISIBLE, viewer.userIdOrNobody(), id);
    }

    private static Uni<Community> one(Uni<Community> found) {
        return found.onItem().ifNull().failWith(NotFound::new);
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
}
