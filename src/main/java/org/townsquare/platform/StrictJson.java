package org.townsquare.platform;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.regex.Pattern;

/** JSON is taken as it is meant, or not at all. */
@Singleton
class StrictJson implements ObjectMapperCustomizer {
    /** After the modules on the class path, which read times too, and of two that read one type the later wins. */
    @Override
    public int priority() {
        return MINIMUM_PRIORITY;
    }

    @Override
    @SuppressWarnings("deprecation")
    public void customize(ObjectMapper json) {
        json.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        json.enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS);
        json.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
        json.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT);
        json.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION.mappedFeature());
        json.disable(MapperFeature.ALLOW_COERCION_OF_SCALARS);
        json.disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS);
        json.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(32)
                        .maxStringLength(200_000)
                        .maxNumberLength(40)
                        .build());
        // "" is no UUID, no instant and no enum
        json.coercionConfigDefaults().setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail);
        json.registerModule(new SimpleModule()
                .setDeserializerModifier(new ExactEnums())
                .addDeserializer(String.class, new TextDeserializer())
                .addDeserializer(Instant.class, new InstantDeserializer()));
    }

    /** By itself Jackson trims the name of a constant. */
    private static final class ExactEnums extends BeanDeserializerModifier {
        @Override
        public JsonDeserializer<?> modifyEnumDeserializer(
                DeserializationConfig config, JavaType type, BeanDescription description, JsonDeserializer<?> lax) {
            return new ExactEnum(lax);
        }
    }

    private static final class ExactEnum extends DelegatingDeserializer {
        ExactEnum(JsonDeserializer<?> lax) {
            super(lax);
        }

        @Override
        protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> lax) {
            return new ExactEnum(lax);
        }

        @Override
        public Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (parser.hasToken(JsonToken.VALUE_STRING)
                    && !parser.getText().equals(parser.getText().trim()))
                return context.handleWeirdStringValue(handledType(), parser.getText(), "blanks around the name");
            return super.deserialize(parser, context);
        }
    }

    /** RFC 3339 alone, with a year of four digits; no numbers, which could mean seconds or milliseconds. */
    private static final class InstantDeserializer extends StdScalarDeserializer<Instant> {
        private static final Pattern FORM =
                Pattern.compile("\\d{4}-\\d{2}-\\d{2}[Tt]\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?([Zz]|[+-]\\d{2}:\\d{2})");

        InstantDeserializer() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (!parser.hasToken(JsonToken.VALUE_STRING))
                return (Instant) context.handleUnexpectedToken(Instant.class, parser);
            String text = parser.getText();
            try {
                if (FORM.matcher(text).matches())
                    return OffsetDateTime.parse(text.toUpperCase(Locale.ROOT)).toInstant();
            } catch (DateTimeException e) {
                throw InvalidFormatException.from(parser, "no such instant", text, Instant.class);
            }
            return (Instant) context.handleWeirdStringValue(Instant.class, text, "not RFC 3339");
        }
    }

    /** PostgreSQL holds neither U+0000 nor half a surrogate pair. */
    private static final class TextDeserializer extends StdScalarDeserializer<String> {
        TextDeserializer() {
            super(String.class);
        }

        @Override
        public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (!parser.currentToken().isScalarValue()
                    || parser.currentToken().isNumeric()
                    || parser.currentToken().isBoolean())
                return (String) context.handleUnexpectedToken(String.class, parser);
            String text = StringDeserializer.instance.deserialize(parser, context);
            if (text != null && !Text.isStorable(text))
                throw JsonMappingException.from(
                        parser,
                        "text-invalid",
                        new Problem.BadRequest("text-invalid", "U+0000 and lone surrogates are not text."));
            return text;
        }
    }
}
