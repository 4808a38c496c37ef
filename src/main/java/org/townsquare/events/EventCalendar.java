package org.townsquare.events;

import java.util.List;

/** Events as a calendar (RFC 5545). The times are instants, so that no reader has to know a zone's rules. */
final class EventCalendar {
    static final String TYPE = "text/calendar;charset=UTF-8";

    private EventCalendar() {}

    static String of(Event event) {
        var lines = begin();
        write(event, lines);
        return end(lines);
    }

    /** A feed to subscribe to. */
    static String of(EventGroup group, List<Event> events) {
        var lines = begin().text("NAME", group.name).text("X-WR-CALNAME", group.name);
        if (group.description != null) lines.text("DESCRIPTION", group.description);
        lines.line("REFRESH-INTERVAL;VALUE=DURATION", "PT1H").line("X-PUBLISHED-TTL", "PT1H");
        if (events.isEmpty()) zone(lines);
        events.forEach(event -> write(event, lines));
        return end(lines);
    }

    private static CalendarLines begin() {
        return new CalendarLines()
                .line("BEGIN", "VCALENDAR")
                .line("VERSION", "2.0")
                .line("PRODID", "-//Townsquare//Events//EN")
                .line("CALSCALE", "GREGORIAN");
    }

    private static String end(CalendarLines lines) {
        return lines.line("END", "VCALENDAR").toString();
    }

    /** A calendar without a component is none, so one without events has this. */
    private static void zone(CalendarLines lines) {
        lines.line("BEGIN", "VTIMEZONE")
                .line("TZID", "Etc/UTC")
                .line("BEGIN", "STANDARD")
                .line("DTSTART", "19700101T000000")
                .line("TZOFFSETFROM", "+0000")
                .line("TZOFFSETTO", "+0000")
                .line("END", "STANDARD")
                .line("END", "VTIMEZONE");
    }

    /** Without a METHOD the stamp is the time of the last change. */
    private static void write(Event event, CalendarLines lines) {
        lines.line("BEGIN", "VEVENT")
                .line("UID", event.id + "@townsquare")
                .time("DTSTAMP", event.updatedAt)
                .time("CREATED", event.createdAt)
                .time("LAST-MODIFIED", event.updatedAt)
                .line("SEQUENCE", Integer.toString(event.scheduleRevision))
                .time("DTSTART", event.startTime)
                .time("DTEND", event.endTime())
                .text("SUMMARY", event.title);
        if (event.description != null) lines.text("DESCRIPTION", event.description);
        if (event.place != null) lines.text("LOCATION", event.place);
        lines.line("STATUS", event.cancelledAt == null ? "CONFIRMED" : "CANCELLED")
                .line("END", "VEVENT");
    }
}
