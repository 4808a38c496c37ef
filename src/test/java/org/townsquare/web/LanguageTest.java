package org.townsquare.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.quarkus.qute.i18n.Message;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageTest {
    private static final Pattern PARAMETER = Pattern.compile("\\{\\w+}");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fr|fr",
                "fr-CH, en;q=0.8|fr",
                "de, fr;q=0.5, en;q=0.7|en",
                "de-DE,de;q=0.9,FR;q=0.1|fr",
                "en-GB|en",
                "fr;q=0, en;q=0.1|en"
            })
    void the_first_wish_that_we_speak_is_granted(String header, String language) {
        Language granted = Language.wished(header);
        assertEquals(language, granted == null ? "none" : granted.tag());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "de", "*", "de;q=0.9, *;q=0.5", "fr;q=0", ";;;=;", "\u00e9\u00ff", "fr;q=oo"})
    void other_wishes_say_nothing(String header) {
        assertNull(Language.wished(header));
        assertNull(Language.wished("fr,".repeat(400)));
        assertNull(Language.wished(null));
    }

    @Test
    void a_community_speaks_its_own_or_the_usual_one() {
        assertEquals("fr", Language.of("fr-CA").tag());
        assertEquals("en", Language.of("de-DE").tag());
    }

    @Test
    void the_direction_is_that_of_the_language() {
        assertEquals("ltr", Language.of("fr").direction());
        assertEquals("rtl", new Language(Locale.forLanguageTag("ar-EG")).direction());
    }

    @Test
    void every_word_is_there_in_every_language_with_the_same_parameters() throws IOException {
        var english = new TreeMap<String, String>();
        for (var method : Messages.class.getDeclaredMethods())
            english.put(
                    method.getName(),
                    parameters(method.getAnnotation(Message.class).value()));
        for (Locale spoken : Language.SPOKEN.subList(1, Language.SPOKEN.size())) {
            var bundle = new Properties();
            try (Reader reader = Files.newBufferedReader(
                    Path.of("src/main/resources/messages/msg_" + spoken.toLanguageTag() + ".properties"),
                    StandardCharsets.UTF_8)) {
                bundle.load(reader);
            }
            var other = new TreeMap<String, String>();
            bundle.stringPropertyNames().forEach(key -> other.put(key, parameters(bundle.getProperty(key))));
            assertEquals(english, other);
        }
    }

    private static String parameters(String message) {
        return Arrays.toString(PARAMETER
                .matcher(message)
                .results()
                .map(found -> found.group())
                .sorted()
                .toArray());
    }
}
