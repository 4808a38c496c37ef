package org.townsquare.web;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;
import org.townsquare.identity.Access;
import org.townsquare.identity.BrowserSession;
import org.townsquare.identity.Permission;
import org.townsquare.platform.OwnTransaction;
import org.townsquare.platform.Problem;

/** Where a browser gets its session. */
@Path("/sign-in")
@Cancellable(false)
@PermitAll
@Produces(MediaType.TEXT_HTML)
class SignInPageResource {
    private static final String HOME = "/organise";

    private final BrowserSession session;
    private final Pages pages;

    SignInPageResource(BrowserSession session, Pages pages) {
        this.session = session;
        this.pages = pages;
    }

    @GET
    @OwnTransaction("it reads nothing")
    @Access(Permission.ACCOUNT_OPEN)
    public Uni<RestResponse<String>> show(@QueryParam("next") @Nullable String next) {
        Frame frame = pages.frame(Style.DESK);
        return pages.shown(200, frame, Templates.signIn(frame, Form.EMPTY, OwnPath.or(next, HOME)));
    }

    /** Leads to the page that asked for it. */
    @POST
    @OwnTransaction("the password is hashed while no connection is held")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Access(Permission.ACCOUNT_OPEN)
    public Uni<RestResponse<String>> signIn(
            @RestForm @Nullable String email, @RestForm @Nullable String password, @RestForm @Nullable String next) {
        Form form = Form.of("email", email);
        String secret = Form.text(password);
        return Uni.createFrom()
                .deferred(() -> session.open(form.value("email"), secret))
                .map(cookie -> Pages.leading(OwnPath.or(next, HOME))
                        .header("Set-Cookie", cookie)
                        .header("Cache-Control", "no-store")
                        .build())
                .onFailure(SignInPageResource::isOfTheForm)
                .recoverWithUni(e -> again(form, next, e));
    }

    private static boolean isOfTheForm(Throwable e) {
        return e instanceof ConstraintViolationException
                || (e instanceof Problem problem
                        && (problem.status == 401 || problem.status == 429 || problem.status == 503));
    }

    private Uni<RestResponse<String>> again(Form form, @Nullable String next, Throwable why) {
        Frame frame = pages.frame(Style.DESK);
        return pages.shown(
                Form.statusOf(why),
                frame,
                Templates.signIn(frame, pages.refused(form, why, frame.language()), OwnPath.or(next, HOME)),
                Pages.waiting(Form.retryAfter(why)));
    }
}
