package org.townsquare.events;

import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.Conditions;
import org.townsquare.platform.Parameters;

/** Which events of a community are looked for. */
public class EventFilter {
    private static final String UNCLOSED = "e.cancelledAt is null and e.state = OPEN";
    private static final String OPENED = "(e.opensAt is null or e.opensAt <= %1$s)";

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

    /** The conditions on an event {@code e}. Problems: {@code parameter-invalid}. */
    Conditions on(Conditions conditions, Instant now) {
        conditions
                .and("e.startTime >= %s", Parameters.instant("from", from))
                .and("e.startTime < %s", Parameters.instant("to", to))
                .and("e.createdBy = %s", Parameters.id("createdBy", createdBy))
                .and("locate(lower(%s), lower(e.title)) > 0", SearchedName.of("q", q));
        EventPhase in = Parameters.oneOf(EventPhase.class, "phase", phase);
        return in == null ? conditions : in(in, conditions, now);
    }

    /** As {@link EventPhase#at} judges. */
    private static Conditions in(EventPhase phase, Conditions conditions, Instant now) {
        return switch (phase) {
            case CANCELLED -> conditions.and("e.cancelledAt is not null");
            case CLOSED -> conditions.and("e.cancelledAt is null and e.state = CLOSED");
            case SCHEDULED -> conditions.and(UNCLOSED).and("e.opensAt > %s", now);
            case ENDED -> conditions.and(UNCLOSED).and(OPENED + " and e.closesAt <= %1$s", now);
            case OPEN -> conditions.and(UNCLOSED).and(OPENED + " and e.closesAt > %1$s", now);
        };
    }
}
