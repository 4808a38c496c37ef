package org.townsquare.web;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a page leads to: a path of this installation, whatever the request asks for. */
final class OwnPath {
    /** One slash and no second one, and none of what browsers take for one. */
    private static final Pattern FORM = Pattern.compile("/(?![/\\\\])[\\x21-\\x5b\\x5d-\\x7e]*");

    private OwnPath() {}

    static String or(@Nullable String asked, String otherwise) {
        return asked != null && FORM.matcher(asked).matches() && isPath(asked) ? asked : otherwise;
    }

    private static boolean isPath(String asked) {
        try {
            URI uri = new URI(asked);
            return uri.getScheme() == null && uri.getRawAuthority() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
