package org.townsquare.web;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.townsquare.platform.ProblemView;
import org.townsquare.platform.PublicUrl;

/** A problem that a page ends in is a page too; who has to sign in is led there. */
@Provider
class PageProblems implements ContainerResponseFilter {
    private static final String HOME = "/organise";

    private final CurrentVertxRequest current;
    private final Pages pages;
    private final PublicUrl ours;

    PageProblems(CurrentVertxRequest current, Pages pages, PublicUrl ours) {
        this.current = current;
        this.pages = pages;
        this.ours = ours;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        String path = String.valueOf(current.getCurrent().request().path());
        if (!(response.getEntity() instanceof ProblemView problem)
                || path.startsWith("/api/")
                || !isForPeople(current.getCurrent().request())) return;
        if (problem.status() == 401) signIn(response, request.getMethod().equals("GET") ? path : cameFrom());
        else show(response, problem);
    }

    /** The page of ours whose form was sent. After a refusal it stands at the address of the act, where nothing is to be seen. */
    private String cameFrom() {
        String page = current.getCurrent().request().getHeader("Referer");
        if (page == null || !page.startsWith(ours.origin() + "/")) return HOME;
        String path = page.substring(ours.origin().length()).replaceFirst("[?#].*", "");
        return OwnPath.or(path.replaceFirst("^(/organise/events/[^/]+)/.*", "$1"), HOME);
    }

    /** By a browser, or by the script of a page of ours, which accepts anything. */
    private static boolean isForPeople(HttpServerRequest request) {
        String accepted = request.getHeader("Accept");
        return (accepted != null && accepted.contains("text/html"))
                || request.headers().contains("HX-Request");
    }

    private static void signIn(ContainerResponseContext response, String next) {
        response.setStatus(303);
        response.getHeaders().remove("WWW-Authenticate");
        response.getHeaders().putSingle("Location", "/sign-in?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8));
        response.setEntity(null);
    }

    private void show(ContainerResponseContext response, ProblemView problem) {
        Frame frame = pages.frame(Style.DESK);
        Messages words = frame.language().words();
        String heading =
                switch (problem.status()) {
                    case 404 -> words.notFoundTitle();
                    case 429, 503 -> words.momentTitle();
                    default -> words.refusedTitle();
                };
        Refusal refusal = Refusal.of(problem.code(), problem.status(), problem.detail(), frame.language());
        // all that the template needs is there: nothing waits
        String html = Templates.problem(frame, heading, refusal)
                .setLocale(frame.language().locale())
                .render();
        response.getHeaders().putSingle("Content-Security-Policy", frame.style().policy());
        response.getHeaders().putSingle("Vary", "Accept-Language");
        response.setEntity(html, new Annotation[0], MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"));
    }
}
