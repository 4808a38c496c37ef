package org.townsquare.governance;

import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.Conditions;
import org.townsquare.platform.Parameters;
import org.townsquare.platform.Problem;

/** Which proposals of a community are looked for. */
public class ProposalFilter {
    private static final int LONGEST = 200;

    /** As the index has it, or it would not be used. */
    private static final String MATCHES =
            "to_tsvector('simple', p.title || ' ' || p.description) @@ websearch_to_tsquery('simple', %s::varchar)";

    private static final String IN_STATUS = "p.status = %s::varchar";

    /** The conditions of {@code proposals.sql} where no filter is asked for. */
    static final String NONE = "";

    /** Those where only the status is. */
    static final String BY_STATUS =
            Conditions.ofStatement(new Object[5]).and(IN_STATUS, "").text();

    @QueryParam("status")
    @Parameter(description = "Only those that stand there.", schema = @Schema(implementation = ProposalStatus.class))
    @Nullable
    String status;

    @QueryParam("author")
    @Parameter(
            description = "Only those that this user wrote.",
            schema = @Schema(type = SchemaType.STRING, format = "uuid"))
    @Nullable
    String author;

    @QueryParam("reviewedBy")
    @Parameter(
            description = "Only those that this user reviewed last.",
            schema = @Schema(type = SchemaType.STRING, format = "uuid"))
    @Nullable
    String reviewedBy;

    @QueryParam("q")
    @Parameter(
            description =
                    "Only those with all these words in title or description; \"a phrase\" in quotes, -word for one that is not there, or between alternatives. At most 200 characters.")
    @Nullable
    String q;

    /** The conditions on a proposal {@code p} of a statement. Problems: {@code parameter-invalid}. */
    Conditions on(Conditions conditions) {
        if (q != null && q.length() > LONGEST)
            throw new Problem.BadRequest("parameter-invalid", "q has at most " + LONGEST + " characters.");
        ProposalStatus in = Parameters.oneOf(ProposalStatus.class, "status", status);
        return conditions
                .and(IN_STATUS, in == null ? null : in.name())
                .and("p.author_id = %s::uuid", Parameters.id("author", author))
                .and("p.reviewed_by = %s::uuid", Parameters.id("reviewedBy", reviewedBy))
                .and(MATCHES, q);
    }
}
