package org.townsquare.platform;

import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Where people reach this installation: {@code townsquare.public-url}, an http or https origin such as {@code https://town.example}. Has no default but
 * in dev and trial: without it the service does not start.
 *
 * <p>A native image builds the filters of requests before any setting is known, so what they hold of this is a proxy.
 */
@ApplicationScoped
@Startup
public class PublicUrl {
    private final String origin;
    private final boolean secure;

    public PublicUrl(@ConfigProperty(name = "townsquare.public-url") String configured) {
        URI url = parse(configured);
        secure = url.getScheme().equalsIgnoreCase("https");
        int usual = secure ? 443 : 80;
        String port = url.getPort() == -1 || url.getPort() == usual ? "" : ":" + url.getPort();
        origin = (url.getScheme() + "://" + url.getHost() + port).toLowerCase(Locale.ROOT);
    }

    private static URI parse(String configured) {
        try {
            URI url = new URI(configured);
            if (isOrigin(url)) return url;
        } catch (URISyntaxException e) {
            throw refusal(configured, e);
        }
        throw refusal(configured, null);
    }

    private static boolean isOrigin(URI url) {
        return ("http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme()))
                && url.getHost() != null
                && (url.getRawPath().isEmpty() || url.getRawPath().equals("/"))
                && url.getRawQuery() == null
                && url.getRawFragment() == null
                && url.getRawUserInfo() == null;
    }

    private static IllegalArgumentException refusal(String configured, @Nullable URISyntaxException e) {
        return new IllegalArgumentException(
                "townsquare.public-url is an http or https address without a path, such as https://town.example, not "
                        + configured,
                e);
    }

    /** As browsers send it in {@code Origin}: lower case, without the usual port. */
    public String origin() {
        return origin;
    }

    /** Whether it is https, so that cookies may be Secure. */
    public boolean isSecure() {
        return secure;
    }
}
