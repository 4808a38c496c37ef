package org.townsquare.events;

import java.net.URI;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a check-in.
 *
 * @param cookie the {@code Set-Cookie} that makes a device known; null where it is, or need not be
 */
public record CheckInAnswer(CheckInView view, @Nullable String cookie) {
    /** 201 for a new attendance, 200 for one that was there. */
    public int status() {
        return isNew() ? 201 : 200;
    }

    boolean isNew() {
        return view.result() == CheckInResult.CHECKED_IN;
    }

    RestResponse<CheckInView> shown() {
        var shown = RestResponse.ResponseBuilder.create(RestResponse.Status.fromStatusCode(status()), view);
        if (isNew()) shown.location(URI.create("/api/v1/check-ins/" + view.id()));
        if (cookie != null) shown.header("Set-Cookie", cookie);
        return shown.build();
    }
}
