package org.townsquare.web;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.communities.Viewer;
import org.townsquare.events.CheckIn;
import org.townsquare.events.DeviceCookie;
import org.townsquare.events.Event;
import org.townsquare.events.EventCard;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.platform.HotPath;
import org.townsquare.platform.OwnTransaction;
import org.townsquare.platform.Problem;
import org.townsquare.platform.PublicUrl;

/** The address in the QR, where case does not matter. Works without script; looking at it checks nobody in. */
@Path("/{page:[cC]}/{code:[^/]+}")
@Cancellable(false)
@Tag(name = "pages")
@PermitAll
class CheckInPageResource {
    private final Viewer viewer;
    private final CheckIn checkIn;
    private final DeviceCookie devices;
    private final PublicUrl url;
    private final Clock clock;
    private final CurrentVertxRequest current;

    CheckInPageResource(
            Viewer viewer,
            CheckIn checkIn,
            DeviceCookie devices,
            PublicUrl url,
            Clock clock,
            CurrentVertxRequest current) {
        this.viewer = viewer;
        this.checkIn = checkIn;
        this.devices = devices;
        this.url = url;
        this.clock = clock;
        this.current = current;
    }

    @GET
    @OwnTransaction("a wrong code is counted while no connection is held")
    @Produces(MediaType.TEXT_HTML)
    @Access(Permission.EVENT_READ)
    @Operation(operationId = "showCheckInPage", summary = "The page behind the QR, with one button", hidden = true)
    @APIResponse(responseCode = "200", description = "The event and its button, or why there is none")
    public Uni<RestResponse<String>> show(String code) {
        return Uni.createFrom()
                .deferred(() -> checkIn.counted(viewer, () -> card(code)))
                .map(event -> CheckInPage.of(event, devices.offer()))
                .onFailure(Problem.class)
                .recoverWithItem(e -> nothing((Problem) e))
                .chain(CheckInPageResource::shown);
    }

    /** The deadline and the session are those of this method. */
    @WithSession
    Uni<EventCard> card(String code) {
        return Event.card(viewer, code, clock.instant());
    }

    @POST
    @HotPath
    @Produces(MediaType.TEXT_HTML)
    @Access(Permission.CHECK_IN_SELF)
    @Operation(operationId = "checkInByPage", summary = "The button of the page behind the QR", hidden = true)
    @APIResponse(responseCode = "201", description = "Checked in")
    @APIResponse(responseCode = "200", description = "Checked in before")
    public Uni<RestResponse<String>> checkIn(String code) {
        if (!SameSite.is(current.getCurrent().request(), url))
            return shown(CheckInPage.without(
                    403, "Not from here", "This came from another site. Scan the code or type its address."));
        return Uni.createFrom()
                .deferred(() -> checkIn.with(viewer, code))
                .map(answer -> CheckInPage.of(answer.view(), answer.status(), answer.cookie()))
                .onFailure(Problem.class)
                .recoverWithUni(e -> refused((Problem) e, code))
                .chain(CheckInPageResource::shown);
    }

    /** A session for the event's name: the way of a refusal is not hot. Who guesses too often learns nothing more by it. */
    private Uni<CheckInPage> refused(Problem problem, String code) {
        if (problem.status == 429) return Uni.createFrom().item(nothing(problem));
        return Panache.withSession(() -> Uni.createFrom()
                        .deferred(() -> Event.card(viewer, code, clock.instant()))
                        .map(event -> CheckInPage.refused(event, problem.status, problem.getMessage())))
                .onFailure(Problem.class)
                .recoverWithItem(e -> nothing((Problem) e));
    }

    /** A malformed code in an address is an unknown one. */
    private static CheckInPage nothing(Problem problem) {
        return problem.status == 503 || problem.status == 429
                ? CheckInPage.without(problem.status, "Just a moment", problem.getMessage())
                : CheckInPage.without(
                        404,
                        "Unknown code",
                        "No event has this code. Compare it with the one that is shown, or scan again.");
    }

    private static Uni<RestResponse<String>> shown(CheckInPage page) {
        return page.html().map(html -> {
            var answer = RestResponse.ResponseBuilder.create(RestResponse.Status.fromStatusCode(page.status()), html)
                    .header("Content-Security-Policy", Style.POLICY)
                    .header("X-Content-Type-Options", "nosniff")
                    .header("Referrer-Policy", "no-referrer")
                    .header("Cache-Control", "private, no-cache");
            if (page.cookie() != null) answer.header("Set-Cookie", page.cookie());
            return answer.build();
        });
    }
}
