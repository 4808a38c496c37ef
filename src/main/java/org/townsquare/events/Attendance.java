package org.townsquare.events;

import io.smallrye.mutiny.Uni;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
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

/** That somebody was there. Made by {@link CheckIn}, and never changed. */
@Entity
@Table(name = "attendance")
public class Attendance extends ActiveRecord {
    private static final Cursor EARLIEST = Cursor.of(new UUID(0, 0));

    private static final String ROWS =
            "select a.id, a.participantId, u.name, a.kind, a.source, a.checkedInAt, a.receipt from Attendance a left join User u on u.id = a.participantId "
                    + "where a.communityId = ?1 and a.eventId = ?2 and a.checkedInAt >= ?3 and (a.checkedInAt > ?3 or a.id > ?4)";

    private static final String IN_ORDER = " order by a.checkedInAt, a.id";

    public UUID communityId;
    public UUID eventId;
    public @Nullable UUID participantId;

    @Enumerated(EnumType.STRING)
    public AttendanceKind kind;

    public Instant checkedInAt;

    @Enumerated(EnumType.STRING)
    public CheckInSource source;

    public byte[] receipt;

    Attendance() {}

    /** Of an event that the viewer has found, in the order of time: all of them for its staff, for others the own one alone. */
    static Uni<List<AttendanceView>> page(Event event, Member viewer, Paging paging) {
        Cursor after = paging.after(EARLIEST);
        var query = EventRights.mayReadAttendances(viewer)
                ? Attendance.find(ROWS + IN_ORDER, event.communityId, event.id, after.at(), after.id())
                : Attendance.find(
                        ROWS + " and a.participantId = ?5" + IN_ORDER,
                        event.communityId,
                        event.id,
                        after.at(),
                        after.id(),
                        viewer.userId);
        return query.project(AttendanceView.class).page(0, paging.rows()).list();
    }

    /** The viewer's own, in communities that the viewer sees; the latest first. */
    static Uni<List<MyAttendanceView>> pageOf(Viewer viewer, Paging paging) {
        Cursor after = paging.after(EventGroup.NEWEST);
        UUID within = viewer.within();
        var values = new ArrayList<Object>(List.of(viewer.userId(), after.at(), after.id()));
        if (within != null) values.add(within);
        return Attendance.find(
                        "select a.id, a.communityId, a.eventId, e.title, a.kind, a.source, a.checkedInAt, a.receipt "
                                + "from Attendance a join Event e on e.communityId = a.communityId and e.id = a.eventId "
                                + "join Community c on c.id = a.communityId where a.participantId = ?1 and "
                                + Community.SEEN
                                + (within == null ? "" : " and c.id = ?4")
                                + " and a.checkedInAt <= ?2 and (a.checkedInAt < ?2 or a.id < ?3) order by a.checkedInAt desc, a.id desc",
                        values.toArray())
                .project(MyAttendanceView.class)
                .page(0, paging.rows())
                .list();
    }
}
