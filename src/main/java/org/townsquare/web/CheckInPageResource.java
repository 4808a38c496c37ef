package org.townsquare.web;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.Map;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;
import org.townsquare.communities.Viewer;
import org.townsquare.events.CheckIn;
import org.townsquare.events.CheckInAnswer;
import org.townsquare.events.DeviceCookie;
import org.townsquare.events.Event;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.platform.HotPath;
import org.townsquare.platform.OwnTransaction;
import org.townsquare.platform.Problem;

/** The address in the QR, where case does not matter. Works without script; looking at it checks nobody in. */
@Path("/{page:[cC]}/{code:[^/]+}")
@Cancellable(false)
@PermitAll
@Produces(MediaType.TEXT_HTML)
class CheckInPageResource {
    private final Viewer viewer;
    private final CheckIn checkIn;
    private final DeviceCookie devices;
    private final Clock clock;
    private final Pages pages;

    CheckInPageResource(Viewer viewer, CheckIn checkIn, DeviceCookie devices, Clock clock, Pages pages) {
        this.viewer = viewer;
        this.checkIn = checkIn;
        this.devices = devices;
        this.clock = clock;
        this.pages = pages;
    }

    /**
     * What is shown, in its frame.
     *
     * @param more headers of the answer
     */
    record Shown(Frame frame, CheckInPage page, Map<String, Object> more) {
        Shown(Frame frame, CheckInPage page) {
            this(frame, page, Map.of());
        }

        Shown with(@Nullable String cookie) {
            return cookie == null ? this : new Shown(frame, page, Map.of("Set-Cookie", cookie));
        }
    }

    @GET
    @OwnTransaction("a wrong code is counted while no connection is held")
    @Access(Permission.EVENT_READ)
    public Uni<RestResponse<String>> show(String code) {
        return Uni.createFrom()
                .deferred(() -> checkIn.counted(viewer, () -> card(code)))
                .chain(shown -> shown(shown.with(devices.offer())))
                .onFailure(Problem.class)
                .recoverWithUni(e -> shown(without((Problem) e, code)));
    }

    /** The deadline and the session are those of this method. */
    @WithSession
    Uni<Shown> card(String code) {
        return Event.card(viewer, code, clock.instant())
                .chain(event -> pages.frameIn(event.communityId(), Style.CHECK_IN)
                        .map(frame -> new Shown(frame, CheckInPage.of(event, frame.language()))));
    }

    @POST
    @HotPath
    @Access(Permission.CHECK_IN_SELF)
    public Uni<RestResponse<String>> checkIn(String code) {
        return Uni.createFrom()
                .deferred(() -> checkIn.with(viewer, code))
                .chain(answer -> checkedIn(answer, code))
                .onFailure(Problem.class)
                .recoverWithUni(e -> refused((Problem) e, code).chain(this::shown));
    }

    /** Only who wishes for no language that we speak costs a session. */
    private Uni<RestResponse<String>> checkedIn(CheckInAnswer answer, String code) {
        return pages.frameOr(Style.CHECK_IN, () -> card(code).map(Shown::frame))
                .map(frame -> new Shown(frame, CheckInPage.of(answer.view(), answer.status(), frame.language())))
                .chain(shown -> shown(shown.with(answer.cookie())));
    }

    /** A session for the event's name: the way of a refusal is not hot. Who guesses too often learns nothing more by it. */
    private Uni<Shown> refused(Problem problem, String code) {
        if (problem.status == 429) return Uni.createFrom().item(without(problem, code));
        return Panache.withSession(() -> Uni.createFrom()
                        .deferred(() -> Event.card(viewer, code, clock.instant()))
                        .chain(event -> pages.frameIn(event.communityId(), Style.CHECK_IN)
                                .map(frame -> new Shown(
                                        frame,
                                        CheckInPage.refused(event, problem, frame.language()),
                                        Pages.waiting(problem.retryAfter())))))
                .onFailure(Problem.class)
                .recoverWithItem(e -> without((Problem) e, code));
    }

    private Shown without(Problem problem, String code) {
        Frame frame = pages.frame(Style.CHECK_IN);
        return new Shown(
                frame, CheckInPage.without(problem, code, frame.language()), Pages.waiting(problem.retryAfter()));
    }

    private Uni<RestResponse<String>> shown(Shown it) {
        return pages.shown(it.page().status(), it.frame(), Templates.checkIn(it.frame(), it.page()), it.more());
    }
}
