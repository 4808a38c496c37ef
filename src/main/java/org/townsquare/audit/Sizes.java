package org.townsquare.audit;

import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.Parameters;

/** The two sizes of the log between which a consistency path leads. */
public class Sizes {
    @QueryParam("from")
    @Parameter(
            description = "The smaller size, of a checkpoint that you have; 0 where it is left out.",
            schema = @Schema(type = SchemaType.INTEGER, minimum = "0"))
    @Nullable
    String from;

    @QueryParam("to")
    @Parameter(
            description = "The larger size; that of the last checkpoint where it is left out.",
            schema = @Schema(type = SchemaType.INTEGER, minimum = "0"))
    @Nullable
    String to;

    /** Problems: {@code parameter-invalid}. */
    long smaller() {
        Long size = Parameters.whole("from", from);
        return size == null ? 0 : size;
    }

    /** Null: that of the last checkpoint. Problems: {@code parameter-invalid}. */
    @Nullable
    Long larger() {
        return Parameters.whole("to", to);
    }
}
