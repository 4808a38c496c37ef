package org.townsquare.events;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheQuery;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Entity;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.townsquare.communities.Community;
import org.townsquare.communities.Member;
import org.townsquare.communities.Viewer;
import org.townsquare.platform.ActiveRecord;
import org.townsquare.platform.Conditions;
import org.townsquare.platform.Cursor;
import org.townsquare.platform.Paging;
import org.townsquare.platform.Problem.Conflict;
import org.townsquare.platform.Problem.NotFound;
import org.townsquare.platform.SessionConnection;
import org.townsquare.platform.Statement;

/** Events that belong together, such as the assemblies of a year. */
@Entity
@Table(name = "event_group")
public class EventGroup extends ActiveRecord {
    /** Before the first of a list that begins with the newest. */
    static final Cursor NEWEST = new Cursor(Instant.parse("9999-12-31T00:00:00Z"), new UUID(-1, -1));

    private static final String VISIBLE =
            "from EventGroup g where g.id = ?2 and exists (select 1 from Community c where c.id = g.communityId and "
                    + Community.SEEN + ")";

    private static final Statement ALONE =
            new Statement("select g.id from event_group g where g.community_id = $1 and g.id = $2 for update");

    private static final Statement EVENTS = new Statement(
            "select e.id from event e where e.community_id = $1 and e.group_id = $2 order by e.id for update");

    private static final Statement ATTENDED = new Statement(
            "select a.id from event e join attendance a on a.community_id = e.community_id and a.event_id = e.id where e.community_id = $1 and e.group_id = $2 limit 1");

    public UUID communityId;
    public String name;
    public @Nullable String description;
    public UUID createdBy;

    EventGroup() {}

    /** That of a PUBLIC community is seen by everyone, of a PRIVATE one by its members; else {@code not-found}. */
    static Uni<EventGroup> visibleTo(Viewer viewer, UUID id) {
        return one(viewer, visible(viewer, id));
    }

    /** The same, locked for an act. Does not conflict with the locks that new events take. */
    static Uni<EventGroup> heldBy(Viewer viewer, UUID id) {
        return one(viewer, visible(viewer, id).withLock(LockModeType.PESSIMISTIC_WRITE));
    }

    private static PanacheQuery<EventGroup> visible(Viewer viewer, UUID id) {
        return EventGroup.find(VISIBLE, viewer.userIdOrNobody(), id);
    }

    private static Uni<EventGroup> one(Viewer viewer, PanacheQuery<EventGroup> query) {
        return query.<EventGroup>firstResult()
                .onItem()
                .ifNull()
                .failWith(NotFound::new)
                .map(it -> viewer.reached(it.communityId, it));
    }

    /** Of a group that the caller has locked, what goes with it; nobody makes or checks in to an event of it until the transaction ends. */
    static Uni<Content> contentOf(EventGroup group) {
        return Panache.getSession()
                .map(SessionConnection::new)
                .chain(connection -> connection
                        .select(ALONE, group.communityId, group.id)
                        .chain(() -> connection.select(EVENTS, group.communityId, group.id))
                        .map(EventGroup::ids)
                        .chain(events -> connection
                                .select(ATTENDED, group.communityId, group.id)
                                .map(found -> new Content(events, found.hasNext()))));
    }

    private static List<UUID> ids(Iterator<Object[]> rows) {
        var ids = new ArrayList<UUID>();
        rows.forEachRemaining(row -> ids.add((UUID) row[0]));
        return List.copyOf(ids);
    }

    /**
     * What stands in a group.
     *
     * @param attended whether anybody has checked in to one of the events
     */
    record Content(List<UUID> events, boolean attended) {}

    /** Takes the row away, and its events with it. Problems: {@code event-group-in-use}, {@code event-in-use}. */
    static Uni<Void> remove(EventGroup group) {
        return group.delete()
                .chain(() -> group.flush())
                .onFailure(e -> Refusal.isBy("decision_rule_attendance_group", e))
                .transform(e -> new Conflict(
                        "event-group-in-use", "A decision rule counts who came to the events of this group."))
                .onFailure(e -> Refusal.isBy("proposal_presence_event", e))
                .transform(e -> Event.inUse())
                .replaceWithVoid();
    }

    /**
     * Those of a community that the viewer has found, the newest first.
     *
     * @param createdBy only those that this user made
     * @param name only those whose name contains this
     */
    static Uni<List<EventGroup>> page(
            Community community, @Nullable UUID createdBy, @Nullable String name, Paging paging) {
        Cursor after = paging.after(NEWEST);
        var asked = new Conditions(community.id, after.at(), after.id())
                .and("g.createdBy = %s", createdBy)
                .and("locate(lower(%s), lower(g.name)) > 0", name);
        return EventGroup.<EventGroup>find(
                        "from EventGroup g where g.communityId = ?1 and g.createdAt <= ?2 and (g.createdAt < ?2 or g.id < ?3)"
                                + asked.text() + " order by g.createdAt desc, g.id desc",
                        asked.values())
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

    /** What happened: nothing, where everything is as it was. Problems: {@code members-only}, {@code not-allowed}. */
    List<EventGroupChanged> edit(Member by, EditEventGroup in) {
        EventRights.requireToManage(by);
        var changed = new ArrayList<EventGroupChanged.Field>();
        String newName = in.name() == null ? name : in.name().strip();
        if (!newName.equals(name)) changed.add(EventGroupChanged.Field.NAME);
        name = newName;
        String asked = in.description();
        String newDescription = asked == null ? description : asked.isEmpty() ? null : asked;
        if (!Objects.equals(newDescription, description)) changed.add(EventGroupChanged.Field.DESCRIPTION);
        description = newDescription;
        return changed.isEmpty() ? List.of() : List.of(new EventGroupChanged(communityId, id, List.copyOf(changed)));
    }

    /** Problems: {@code members-only}, {@code not-allowed}, {@code group-has-attendances}. */
    EventGroupDeleted delete(Member by, Content content) {
        EventRights.requireToManage(by);
        if (content.attended())
            throw new Conflict("group-has-attendances", "Somebody has checked in to an event of this group: it stays.");
        return new EventGroupDeleted(communityId, id, content.events());
    }
}
