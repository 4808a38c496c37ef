package org.townsquare.web;

import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The language of a page: its words, its direction, and how it writes a time. */
public record Language(Locale locale) {
    /** Those that there is a message bundle for; the first is that of the interface. */
    static final List<Locale> SPOKEN = List.of(Locale.ENGLISH, Locale.FRENCH);

    private static final Set<String> RIGHT_TO_LEFT = Set.of("ar", "dv", "fa", "he", "ps", "sd", "ur", "yi");
    private static final int LONGEST_WISH = 1_000;

    static final Language USUAL = new Language(SPOKEN.get(0));

    /** The first of the wishes in an {@code Accept-Language} that we speak; null where there is none. */
    static @Nullable Language wished(@Nullable String header) {
        if (header == null || header.length() > LONGEST_WISH) return null;
        try {
            var wishes = Locale.LanguageRange.parse(header).stream()
                    .filter(wish -> wish.getWeight() > 0)
                    .toList();
            Locale spoken = Locale.lookup(wishes, SPOKEN);
            return spoken == null ? null : new Language(spoken);
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    /** That of a community, if we speak it. */
    static Language of(String locale) {
        Language wished = wished(locale);
        return wished == null ? USUAL : wished;
    }

    public String tag() {
        return locale.toLanguageTag();
    }

    public String direction() {
        return RIGHT_TO_LEFT.contains(locale.getLanguage()) ? "rtl" : "ltr";
    }

    Messages words() {
        return this.equals(USUAL)
                ? MessageBundles.get(Messages.class)
                : MessageBundles.get(Messages.class, Localized.Literal.of(tag()));
    }

    /** Day and time where the event is, with the zone. */
    public String time(Instant time, String zone) {
        return DateTimeFormatter.ofPattern(words().dayAndTime(), locale)
                        .format(ZonedDateTime.ofInstant(time, ZoneId.of(zone)))
                + " (" + zone + ")";
    }
}
