package org.townsquare.platform;

import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestMulti;

/** An answer of 100 MB, as fast as it is taken, for the tests of those who do not take it. */
@Path("/test/endless")
@PermitAll
public class EndlessResource {
    static final int PARTS = 6_400;
    static final int PART = 16 * 1024;

    @GET
    @Produces("application/octet-stream")
    @Operation(hidden = true)
    public RestMulti<byte[]> read() {
        return RestMulti.fromMultiData(Multi.createFrom().range(0, PARTS).map(i -> new byte[PART]))
                .build();
    }
}
