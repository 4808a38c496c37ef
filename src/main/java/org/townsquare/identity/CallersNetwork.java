package org.townsquare.identity;

import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import org.townsquare.platform.ClientNetwork;

/** As the limits on wrong passwords see it. */
@Singleton
class CallersNetwork implements ClientNetwork {
    private final ClientAddress addresses;

    CallersNetwork(ClientAddress addresses) {
        this.addresses = addresses;
    }

    @Override
    public String address(HttpServerRequest request) {
        return addresses.of(request);
    }

    @Override
    public String of(String address) {
        return Network.of(address);
    }
}
