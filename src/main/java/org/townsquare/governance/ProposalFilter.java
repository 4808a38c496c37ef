package org.townsquare.governance;

import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.Parameters;
import org.townsquare.platform.Problem;

/** Which proposals of a community are looked for. */
public class ProposalFilter {
    private static final int LONGEST = 200;

    /** As the index has it, or it would not be used. */
    private static final String MATCHES =
            "cast(sql('to_tsvector(''simple'', ? || '' '' || ?) @@ websearch_to_tsquery(''simple'', ?)', p.title, p.description, ?%d) as Boolean) = true";

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

    /** The conditions on a proposal {@code p}, after others, with their values. Problems: {@code parameter-invalid}. */
    String and(List<Object> values) {
        var where = new StringBuilder();
        ProposalStatus in = Parameters.oneOf(ProposalStatus.class, "status", status);
        if (in != null) where.append(" and p.status = ").append(put(values, in));
        UUID by = Parameters.id("author", author);
        if (by != null) where.append(" and p.authorId = ").append(put(values, by));
        UUID reviewer = Parameters.id("reviewedBy", reviewedBy);
        if (reviewer != null) where.append(" and p.reviewedBy = ").append(put(values, reviewer));
        if (q != null) {
            if (q.length() > LONGEST)
                throw new Problem.BadRequest("parameter-invalid", "q has at most " + LONGEST + " characters.");
            values.add(q);
            where.append(" and ").append(MATCHES.formatted(values.size()));
        }
        return where.toString();
    }

    private static String put(List<Object> values, Object value) {
        values.add(value);
        return "?" + values.size();
    }
}
