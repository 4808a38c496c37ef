package org.townsquare.events;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What organisers have laid down of an event. */
record Plan(
        String title,
        @Nullable String description,
        @Nullable String place,
        Instant startTime,
        int durationMinutes,
        String timeZone,
        @Nullable Integer capacity,
        Admission admission,
        @Nullable Instant opensAt,
        Instant closesAt) {
    static Plan of(Event event) {
        return new Plan(
                event.title,
                event.description,
                event.place,
                event.startTime,
                event.durationMinutes,
                event.timeZone,
                event.capacity,
                event.admission,
                event.opensAt,
                event.closesAt);
    }

    /** In what, in the order of the fields. */
    List<EventChanged.Field> differsFrom(Plan other) {
        var differing = new ArrayList<EventChanged.Field>();
        if (!title.equals(other.title)) differing.add(EventChanged.Field.TITLE);
        if (!Objects.equals(description, other.description)) differing.add(EventChanged.Field.DESCRIPTION);
        if (!Objects.equals(place, other.place)) differing.add(EventChanged.Field.PLACE);
        if (!startTime.equals(other.startTime)) differing.add(EventChanged.Field.START_TIME);
        if (durationMinutes != other.durationMinutes) differing.add(EventChanged.Field.DURATION);
        if (!timeZone.equals(other.timeZone)) differing.add(EventChanged.Field.TIME_ZONE);
        if (!Objects.equals(capacity, other.capacity)) differing.add(EventChanged.Field.CAPACITY);
        if (admission != other.admission) differing.add(EventChanged.Field.ADMISSION);
        if (!Objects.equals(opensAt, other.opensAt)) differing.add(EventChanged.Field.OPENS_AT);
        if (!closesAt.equals(other.closesAt)) differing.add(EventChanged.Field.CLOSES_AT);
        return List.copyOf(differing);
    }
}
