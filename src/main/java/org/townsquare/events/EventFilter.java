package org.townsquare.events;

import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.Parameters;

/** Which events of a community are looked for. */
public class EventFilter {
    private static final String UNCLOSED = " and e.cancelledAt is null and e.state = OPEN";

    @QueryParam("from")
    @Parameter(
            description = "Only those that begin then or later.",
            schema = @Schema(type = SchemaType.STRING, format = "date-time"))
    @Nullable
    String from;

    @QueryParam("to")
    @Parameter(
            description = "Only those that begin earlier.",
            schema = @Schema(type = SchemaType.STRING, format = "date-time"))
    @Nullable
    String to;

    @QueryParam("phase")
    @Parameter(description = "Only those that stand there now.", schema = @Schema(implementation = EventPhase.class))
    @Nullable
    String phase;

    @QueryParam("createdBy")
    @Parameter(
            description = "Only those that this user scheduled.",
            schema = @Schema(type = SchemaType.STRING, format = "uuid"))
    @Nullable
    String createdBy;

    @QueryParam("q")
    @Parameter(description = "Only those whose title contains this, in any case; at most 200 characters.")
    @Nullable
    String q;

    EventFilter() {}

    /** The conditions on an event {@code e}, after others, with their values. Problems: {@code parameter-invalid}. */
    String and(List<Object> values, Instant now) {
        var where = new StringBuilder();
        Instant earliest = Parameters.instant("from", from);
        if (earliest != null) where.append(" and e.startTime >= ").append(put(values, earliest));
        Instant before = Parameters.instant("to", to);
        if (before != null) where.append(" and e.startTime < ").append(put(values, before));
        UUID creator = Parameters.id("createdBy", createdBy);
        if (creator != null) where.append(" and e.createdBy = ").append(put(values, creator));
        EventPhase in = Parameters.oneOf(EventPhase.class, "phase", phase);
        if (in != null) where.append(in(in, values, now));
        String words = SearchedName.of("q", q);
        if (words != null)
            where.append(" and locate(lower(").append(put(values, words)).append("), lower(e.title)) > 0");
        return where.toString();
    }

    /** As {@link EventPhase#at} judges. */
    private static String in(EventPhase phase, List<Object> values, Instant now) {
        return switch (phase) {
            case CANCELLED -> " and e.cancelledAt is not null";
            case CLOSED -> " and e.cancelledAt is null and e.state = CLOSED";
            case SCHEDULED -> UNCLOSED + " and e.opensAt > " + put(values, now);
            case ENDED -> opened(values, now) + " and e.closesAt <= ?" + values.size();
            case OPEN -> opened(values, now) + " and e.closesAt > ?" + values.size();
        };
    }

    private static String opened(List<Object> values, Instant now) {
        String at = put(values, now);
        return UNCLOSED + " and (e.opensAt is null or e.opensAt <= " + at + ")";
    }

    private static String put(List<Object> values, Object value) {
        values.add(value);
        return "?" + values.size();
    }
}
