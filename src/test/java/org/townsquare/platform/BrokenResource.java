package org.townsquare.platform;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** A defect, for the test of how defects are answered. */
@Path("/test/broken")
@PermitAll
public class BrokenResource {
    @GET
    @Operation(hidden = true)
    public Uni<String> read() {
        throw new IllegalStateException("Ada's secret 42");
    }
}
