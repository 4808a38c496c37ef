package org.townsquare.web;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.RequestScoped;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;
import org.townsquare.communities.Market;
import org.townsquare.communities.Viewer;
import org.townsquare.platform.FieldWords;

/** How a page is answered: in the language of who reads it, and with the policy that lets in nothing but its own style. */
@RequestScoped
class Pages {
    private final Viewer viewer;
    private final CurrentVertxRequest current;
    private final FieldWords words;

    Pages(Viewer viewer, CurrentVertxRequest current, FieldWords words) {
        this.viewer = viewer;
        this.current = current;
        this.words = words;
    }

    /** Where there is no community to ask. */
    Frame frame(Style style) {
        Language wished = wished();
        return frame(style, wished == null ? Language.USUAL : wished);
    }

    /** Of a community that the viewer has found, or of a part of it; within a session. */
    Uni<Frame> frameIn(UUID communityId, Style style) {
        return frameOr(style, () -> Market.of(communityId).map(market -> frame(style, Language.of(market.locale))));
    }

    /**
     * In the language that was wished for.
     *
     * @param otherwise where we speak none of those
     */
    Uni<Frame> frameOr(Style style, Supplier<Uni<Frame>> otherwise) {
        Language wished = wished();
        return wished == null ? otherwise.get() : Uni.createFrom().item(frame(style, wished));
    }

    private Frame frame(Style style, Language language) {
        return new Frame(language, style, viewer.actorId() != null);
    }

    private @Nullable Language wished() {
        return Language.wished(current.getCurrent().request().getHeader("Accept-Language"));
    }

    /** A form after it was refused, if it was, in words of this language. */
    Form refused(Form form, @Nullable Throwable why, Language language) {
        return form.refusedBy(why, language, words);
    }

    Uni<RestResponse<String>> shown(int status, Frame frame, TemplateInstance page) {
        return shown(status, frame, page, Map.of());
    }

    /**
     * @param more headers of the answer
     */
    Uni<RestResponse<String>> shown(int status, Frame frame, TemplateInstance page, Map<String, Object> more) {
        return Uni.createFrom()
                .completionStage(() -> page.setLocale(frame.language().locale()).renderAsync())
                .map(html -> {
                    var answer = ResponseBuilder.<String>create(status)
                            .entity(html)
                            .header("Content-Security-Policy", frame.style().policy())
                            .header("Vary", "Accept-Language");
                    more.forEach(answer::header);
                    return answer.build();
                });
    }

    /** When another try may succeed, where waiting helps at all. */
    static Map<String, Object> waiting(long seconds) {
        return seconds > 0 ? Map.of("Retry-After", seconds) : Map.of();
    }

    /** A path and no host: what a request says of ours leads nowhere. */
    static RestResponse<String> to(String path) {
        return leading(path).build();
    }

    static ResponseBuilder<String> leading(String path) {
        return ResponseBuilder.<String>create(RestResponse.Status.SEE_OTHER, null)
                .header("Location", path);
    }

    /**
     * Carries out an act and leads to the page that shows what became of it. Where it was refused, what was typed is shown again, with why.
     *
     * @param act gives the path of that page
     * @param again in a session of its own, since that of the act is over
     */
    Uni<RestResponse<String>> after(
            Supplier<Uni<String>> act, BiFunction<Throwable, Integer, Uni<RestResponse<String>>> again) {
        return Uni.createFrom()
                .deferred(() -> act.get())
                .map(Pages::to)
                .onFailure(Form::isRefusal)
                .recoverWithUni(e -> Panache.withSession(() -> again.apply(e, Form.statusOf(e))));
    }
}
