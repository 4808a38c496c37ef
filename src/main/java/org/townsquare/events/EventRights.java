package org.townsquare.events;

import java.util.UUID;
import org.townsquare.communities.Member;
import org.townsquare.communities.Viewer;
import org.townsquare.identity.Permission;

/** Who may do what with groups, events and attendances. */
final class EventRights {
    private EventRights() {}

    /** To make groups and events, to open, close and cancel, and to see the codes. Problems: {@code members-only}, {@code not-allowed}. */
    static void requireToManage(Member by) {
        by.require(Permission.EVENT_MANAGE);
    }

    static boolean mayManage(Member viewer) {
        return viewer.may(Permission.EVENT_MANAGE);
    }

    /** All attendances with their names; everybody else who sees the event reads the own one alone. */
    static boolean mayReadAttendances(Member viewer) {
        return viewer.may(Permission.ATTENDANCE_READ_ALL);
    }

    /** The communities where the viewer reads all of them. */
    static UUID[] whereAttendancesAreRead(Viewer viewer) {
        return viewer.communitiesWith(Permission.ATTENDANCE_READ_ALL).toArray(UUID[]::new);
    }

    /** To take them along, all with their names. Problems: {@code members-only}, {@code not-allowed}. */
    static void requireToReadAttendances(Member by) {
        by.require(Permission.ATTENDANCE_READ_ALL);
    }

    /** To check in others and to look them up for it. Problems: {@code members-only}, {@code not-allowed}. */
    static void requireToCorrect(Member by) {
        by.require(Permission.ATTENDANCE_CORRECT);
    }

    /** To void check-ins of others. */
    static boolean mayCorrect(Member by) {
        return by.may(Permission.ATTENDANCE_CORRECT);
    }
}
