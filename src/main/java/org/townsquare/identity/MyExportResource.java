package org.townsquare.identity;

import io.quarkus.arc.All;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.platform.LongRead;
import org.townsquare.platform.OwnTransaction;

@Path("/api/v1/me/export")
@Cancellable(false)
@Tag(name = "identity")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
class MyExportResource {
    private final Caller caller;
    private final List<OnExport> features;
    private final Clock clock;
    private final LongRead reading;

    MyExportResource(Caller caller, @All List<OnExport> features, Clock clock, LongRead reading) {
        this.caller = caller;
        this.features = features;
        this.clock = clock;
        this.reading = reading;
    }

    @GET
    @OwnTransaction("it has a minute")
    @Access(Permission.ACCOUNT_EXPORT)
    @Operation(operationId = "exportMe", summary = "Take your own data along, in one document")
    @APIResponse(
            responseCode = "200",
            description = "All that is kept of you, and what you did",
            content = @Content(schema = @Schema(implementation = ExportView.class)))
    public Uni<RestResponse<ExportView>> export() {
        return reading.within(this::exported);
    }

    private Uni<RestResponse<ExportView>> exported() {
        SignedInUser user = caller.user();
        return User.signedIn(user.id())
                .chain(it -> sessions(user)
                        .chain(sessions -> ApiKey.all(user.id())
                                .chain(keys -> features(user.id())
                                        .map(parts -> new ExportView(
                                                clock.instant(),
                                                ExportView.Profile.of(it),
                                                sessions,
                                                keys.stream()
                                                        .map(ApiKeyView::of)
                                                        .toList(),
                                                parts)))))
                .map(view -> RestResponse.ResponseBuilder.ok(view)
                        .header("Content-Disposition", "attachment; filename=\"townsquare-export.json\"")
                        .header("Cache-Control", "no-store")
                        .build());
    }

    private Uni<List<SessionView>> sessions(SignedInUser user) {
        return Session.all(user.id()).chain(sessions -> SessionView.of(sessions, user.credentialId(), caller.device()));
    }

    private Uni<Map<String, Object>> features(UUID userId) {
        Map<String, Object> parts = new TreeMap<>();
        Uni<Map<String, Object>> done = Uni.createFrom().item(parts);
        for (OnExport feature : features)
            done = done.call(() -> feature.export(userId).invoke(part -> parts.put(feature.part(), part)));
        return done;
    }
}
