package org.townsquare.audit;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.townsquare.platform.Digest;

/** What proves that a larger log begins with a smaller one. */
record ConsistencyView(
        long from,
        long to,

        @Schema(
                description = "The consistency path of RFC 9162, base64url.",
                type = SchemaType.ARRAY,
                implementation = String.class)
        List<Digest> path) {}
