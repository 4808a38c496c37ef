package org.townsquare.platform;

import io.vertx.core.http.HttpServerRequest;

/** Where a request comes from; identity knows. */
public interface ClientNetwork {
    /** The address of the client, forwarded by a trusted proxy or its own. */
    String address(HttpServerRequest request);

    /** What many devices share of an address. */
    String of(String address);
}
