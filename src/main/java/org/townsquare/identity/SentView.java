package org.townsquare.identity;

import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.resteasy.reactive.RestResponse;

/** The answer to who asks for a token or code, whether or not one is sent. */
record SentView(
        @Schema(
                implementation = String.class,
                description = "How long what is sent may be used (ISO 8601).",
                examples = "PT24H")
        Duration validFor)
        implements SignUpAnswer {
    static RestResponse<SentView> accepted(VerificationPurpose purpose) {
        return RestResponse.accepted(new SentView(purpose.lifetime));
    }
}
