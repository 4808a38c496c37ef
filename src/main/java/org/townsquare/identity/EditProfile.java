package org.townsquare.identity;

import jakarta.validation.constraints.Size;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.ZoneId;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.NotBlankIfGiven;
import org.townsquare.platform.Problem.Unprocessable;

/** The request to change one's profile: what is left out stays, and an empty text removes what may be missing. */
record EditProfile(
        @NotBlankIfGiven @Size(max = 120) @Nullable String name,

        @Size(max = 2_000) @Nullable String bio,

        @Schema(description = "An http or https address.", examples = "https://example.org/ada.png")
        @Size(max = 500)
        @Nullable
        String avatarUrl,

        @Schema(description = "A BCP 47 language tag.", examples = "de-AT") @Size(max = 35) @Nullable
        String locale,

        @Schema(description = "A name of the IANA time zone database.", examples = "Europe/Vienna")
        @Size(max = 64)
        @Nullable
        String timeZone) {
    @Nullable
    String newBio() {
        return bio == null || bio.isBlank() ? null : bio;
    }

    /** Problems: {@code avatar-url-invalid}. */
    @Nullable
    String newAvatarUrl() {
        if (avatarUrl == null || avatarUrl.isBlank()) return null;
        try {
            URI url = new URI(avatarUrl.strip());
            boolean web = "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
            if (web && url.getHost() != null && url.getRawUserInfo() == null) return url.toString();
        } catch (URISyntaxException e) {
            throw invalidAvatar();
        }
        throw invalidAvatar();
    }

    /** In its canonical form. Problems: {@code locale-unknown}. */
    String newLocale() {
        try {
            String tag = new Locale.Builder()
                    .setLanguageTag(Objects.requireNonNull(locale).strip())
                    .build()
                    .toLanguageTag();
            if (!tag.equals("und")) return tag;
        } catch (IllformedLocaleException e) {
            throw unknownLocale();
        }
        throw unknownLocale();
    }

    /** Problems: {@code time-zone-unknown}. */
    String newTimeZone() {
        String zone = Objects.requireNonNull(timeZone).strip();
        if (!ZoneId.getAvailableZoneIds().contains(zone))
            throw new Unprocessable("time-zone-unknown", "A time zone is a name such as Europe/Berlin.");
        return zone;
    }

    private static Unprocessable invalidAvatar() {
        return new Unprocessable("avatar-url-invalid", "An avatar is an http or https address.");
    }

    private static Unprocessable unknownLocale() {
        return new Unprocessable("locale-unknown", "A locale is a language tag such as en or de-AT.");
    }

    @Override
    public String toString() {
        return "EditProfile";
    }
}
