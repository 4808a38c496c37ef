package org.townsquare.web;

import java.time.Instant;
import org.jboss.resteasy.reactive.RestForm;
import org.jspecify.annotations.Nullable;
import org.townsquare.events.Admission;
import org.townsquare.events.ScheduleEvent;
import org.townsquare.platform.Parameters;

/** The form of a new event; its times are those of the clocks where it is. */
public class ScheduleForm {
    @RestForm
    @Nullable
    String title;

    @RestForm
    @Nullable
    String startTime;

    @RestForm
    @Nullable
    String durationMinutes;

    @RestForm
    @Nullable
    String timeZone;

    @RestForm
    @Nullable
    String place;

    @RestForm
    @Nullable
    String description;

    @RestForm
    @Nullable
    String capacity;

    @RestForm
    @Nullable
    String admission;

    @RestForm
    @Nullable
    String opensAt;

    @RestForm
    @Nullable
    String closesAt;

    ScheduleForm() {}

    Form form() {
        return Form.of(
                "title",
                title,
                "startTime",
                startTime,
                "durationMinutes",
                durationMinutes,
                "timeZone",
                timeZone,
                "place",
                place,
                "description",
                description,
                "capacity",
                capacity,
                "admission",
                admission,
                "opensAt",
                opensAt,
                "closesAt",
                closesAt);
    }

    /** What it asks for; the operation says what is missing. Problems: {@code number-malformed}, {@code time-malformed}, {@code time-zone-unknown}. */
    @SuppressWarnings("NullAway") // a missing value is refused by the validation of the operation
    static ScheduleEvent event(Form form) {
        String zone = form.value("timeZone");
        Instant start = form.time("startTime", zone);
        return new ScheduleEvent(
                form.value("title"),
                start,
                form.number("durationMinutes"),
                form.valueOrNull("timeZone"),
                form.valueOrNull("description"),
                form.valueOrNull("place"),
                form.number("capacity"),
                Parameters.oneOf(Admission.class, "admission", form.valueOrNull("admission")),
                form.time("opensAt", zone),
                form.time("closesAt", zone));
    }
}
