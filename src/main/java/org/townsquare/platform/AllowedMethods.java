package org.townsquare.platform;

import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.ext.Provider;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerResponseFilter;

/** {@code OPTIONS} names the methods that there are: Quarkus REST names HEAD also where there is no GET. */
@Provider
class AllowedMethods implements ResteasyReactiveContainerResponseFilter {
    @Override
    public void filter(ResteasyReactiveContainerRequestContext request, ContainerResponseContext response) {
        if (!request.getMethod().equals("OPTIONS") || response.getStatus() != 200) return;
        var allowed = Allowed.on(CurrentRequestManager.get());
        if (!allowed.isEmpty()) response.getHeaders().putSingle("Allow", String.join(", ", allowed));
    }
}
