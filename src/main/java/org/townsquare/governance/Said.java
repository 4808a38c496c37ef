package org.townsquare.governance;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a ballot says, in the words it was cast in. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Said(
        @Schema(description = "The options chosen; none on a blank ballot.") @Nullable
        List<UUID> choices,

        @Nullable List<List<UUID>> ranking,
        @Nullable Map<UUID, Integer> scores) {}
