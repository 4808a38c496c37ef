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
import org.townsquare.platform.Statement;

/** Which proposals of a community are looked for. */
public class ProposalFilter {
    private static final int LONGEST = 200;

    /** Where the conditions stand in {@code proposals.sql}. */
    private static final String PLACE = "and true";

    /** As the index has it, or it would not be used. */
    private static final String MATCHES =
            " and to_tsvector('simple', p.title || ' ' || p.description) @@ websearch_to_tsquery('simple', ";

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

    /** The statement with the conditions on a proposal {@code p}, whose values come after the others. Problems: {@code parameter-invalid}. */
    Statement in(Statement page, List<@Nullable Object> values) {
        var where = new StringBuilder();
        ProposalStatus in = Parameters.oneOf(ProposalStatus.class, "status", status);
        if (in != null) where.append(" and p.status = ").append(put(values, in.name(), "varchar"));
        UUID by = Parameters.id("author", author);
        if (by != null) where.append(" and p.author_id = ").append(put(values, by, "uuid"));
        UUID reviewer = Parameters.id("reviewedBy", reviewedBy);
        if (reviewer != null) where.append(" and p.reviewed_by = ").append(put(values, reviewer, "uuid"));
        if (q != null) {
            if (q.length() > LONGEST)
                throw new Problem.BadRequest("parameter-invalid", "q has at most " + LONGEST + " characters.");
            where.append(MATCHES).append(put(values, q, "varchar")).append(")");
        }
        return page.with(PLACE, where.toString().trim());
    }

    private static String put(List<@Nullable Object> values, Object value, String type) {
        values.add(value);
        return "$" + values.size() + "::" + type;
    }
}
