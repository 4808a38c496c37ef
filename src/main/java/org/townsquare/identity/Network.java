package org.townsquare.identity;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;

/** What many devices share of their address. */
final class Network {
    private static final int V4_BYTES = 3;
    private static final int V6_BYTES = 6;

    private Network() {}

    /**
     * The first 24 bits of IPv4, the first 48 of IPv6, in hexadecimal.
     *
     * @param ip a literal address; what is none is a network of its own
     */
    static String of(String ip) {
        if (!ip.matches("[0-9.]{7,15}|[0-9A-Fa-f:.%]*:[0-9A-Za-z:.%]*")) return "unknown";
        try {
            InetAddress address = InetAddress.getByName(ip);
            int bytes = address instanceof Inet4Address ? V4_BYTES : V6_BYTES;
            return HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), bytes));
        } catch (UnknownHostException e) {
            return "unknown"; // no literal address after all
        }
    }
}
