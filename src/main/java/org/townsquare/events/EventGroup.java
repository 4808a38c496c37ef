package org.townsquare.events;

import io.smallrye.mutiny.Uni;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.townsquare.communities.Community;
import org.townsquare.communities.Member;
import org.townsquare.communities.Viewer;
import org.townsquare.platform.ActiveRecord;
import org.townsquare.platform.Cursor;
import org.townsquare.platform.Paging;
import org.townsquare.platform.Problem.NotFound;

/** Events that belong together, such as the assemblies of a year. */
@Entity
@Table(name = "event_group")
public class EventGroup extends ActiveRecord {
    /** Before the first of a list that begins with the newest. */
    static final Cursor NEWEST = new Cursor(Instant.parse("9999-12-31T00:00:00Z"), new UUID(-1, -1));

    public UUID communityId;
    public String name;
    public @Nullable String description;
    public UUID createdBy;

    EventGroup() {}

    /** That of a PUBLIC community is seen by everyone, of a PRIVATE one by its members; else {@code not-found}. */
    static Uni<EventGroup> visibleTo(Viewer viewer, UUID id) {
        return EventGroup.<EventGroup>find(
                        "from EventGroup g where g.id = ?2 and exists (select 1 from Community c where c.id = g.communityId and "
                                + Community.SEEN + ")",
                        viewer.userIdOrNobody(),
                        id)
                .firstResult()
                .onItem()
                .ifNull()
                .failWith(NotFound::new)
                .map(it -> viewer.reached(it.communityId, it));
    }

    /**
     * Those of a community that the viewer has found, the newest first.
     *
     * @param createdBy only those that this user made
     */
    static Uni<List<EventGroup>> page(Community community, @Nullable UUID createdBy, Paging paging) {
        Cursor after = paging.after(NEWEST);
        var values = new ArrayList<Object>(List.of(community.id, after.at(), after.id()));
        if (createdBy != null) values.add(createdBy);
        return EventGroup.<EventGroup>find(
                        "from EventGroup g where g.communityId = ?1 and g.createdAt <= ?2 and (g.createdAt < ?2 or g.id < ?3)"
                                + (createdBy == null ? "" : " and g.createdBy = ?4")
                                + " order by g.createdAt desc, g.id desc",
                        values.toArray())
                .page(0, paging.rows())
                .list();
    }

    /** Problems: {@code members-only}, {@code not-allowed}. */
    static EventGroup create(Community community, Member by, CreateEventGroup in) {
        EventRights.requireToManage(by);
        EventGroup group = new EventGroup();
        group.communityId = community.id;
        group.name = in.name().strip();
        group.description = in.description();
        group.createdBy = by.userId;
        return group;
    }

    EventGroupCreated created() {
        return new EventGroupCreated(communityId, id);
    }
}
