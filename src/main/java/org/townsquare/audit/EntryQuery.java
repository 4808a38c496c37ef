package org.townsquare.audit;

import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;
import org.townsquare.journal.EntryFilter;
import org.townsquare.journal.Kinds;
import org.townsquare.platform.Parameters;
import org.townsquare.platform.Problem.BadRequest;

/** The parameters of every list of entries. */
public class EntryQuery {
    @QueryParam("kind")
    @Parameter(description = "What happened, such as ProposalOpened.")
    @Nullable
    String kind;

    @QueryParam("subjectId")
    @Parameter(description = "What it happened to.", schema = @Schema(type = SchemaType.STRING, format = "uuid"))
    @Nullable
    String subjectId;

    @QueryParam("actorId")
    @Parameter(description = "Who did it.", schema = @Schema(type = SchemaType.STRING, format = "uuid"))
    @Nullable
    String actorId;

    @QueryParam("from")
    @Parameter(description = "The first instant.", schema = @Schema(type = SchemaType.STRING, format = "date-time"))
    @Nullable
    String from;

    @QueryParam("to")
    @Parameter(
            description = "The instant before which it happened.",
            schema = @Schema(type = SchemaType.STRING, format = "date-time"))
    @Nullable
    String to;

    /** Problems: {@code parameter-invalid}. */
    EntryFilter filter(Kinds kinds) {
        if (kind != null && kinds.named(kind) == null)
            throw new BadRequest("parameter-invalid", "kind is what an entry of the log says, such as ProposalOpened.");
        return new EntryFilter(
                kind,
                Parameters.id("subjectId", subjectId),
                Parameters.id("actorId", actorId),
                Parameters.instant("from", from),
                Parameters.instant("to", to));
    }
}
