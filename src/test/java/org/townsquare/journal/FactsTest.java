package org.townsquare.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.arc.All;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.townsquare.platform.Digest;
import org.townsquare.platform.Ids;
import org.townsquare.town.Database;

@QuarkusTest
@QuarkusTestResource(Database.class)
class FactsTest {
    @Inject
    ObjectMapper json;

    @Inject
    Journal journal;

    @Inject
    Kinds kinds;

    @Inject
    @All
    List<FactKinds> features;

    @Test
    void every_fact_is_read_from_its_entry_as_it_was_recorded() throws ReflectiveOperationException {
        int read = 0;
        for (FactKinds feature : features)
            for (Class<? extends Fact> kind : feature.facts()) {
                Fact fact = sample(kind);
                Entry entry = journal.entry(Actor.SYSTEM, fact);
                assertEquals(
                        withheld(fact), kinds.read(fact.kind(), entry.body().getBytes(StandardCharsets.UTF_8)));
                assertFalse(entry.body().contains("Somebody wrote this"), kind.getSimpleName());
                assertEquals(
                        privateTexts(kind),
                        json.valueToTree(entry.texts().size()).asLong(),
                        "each private text stands beside the entry of " + kind.getSimpleName());
                read++;
            }
        assertFalse(read == 0);
    }

    private static long privateTexts(Class<?> kind) {
        return java.util.Arrays.stream(kind.getRecordComponents())
                .filter(component -> component.getType() == PrivateText.class)
                .count();
    }

    private static Fact sample(Class<? extends Fact> kind) throws ReflectiveOperationException {
        RecordComponent[] components = kind.getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) values[i] = value(components[i].getGenericType());
        return make(kind, components, values);
    }

    /** The fact as its entry shows it: without the private texts. */
    private static Fact withheld(Fact fact) throws ReflectiveOperationException {
        RecordComponent[] components = fact.getClass().getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            components[i].getAccessor().setAccessible(true);
            Object value = components[i].getAccessor().invoke(fact);
            values[i] = value instanceof PrivateText ? null : value;
        }
        return make(fact.getClass(), components, values);
    }

    private static Fact make(Class<? extends Fact> kind, RecordComponent[] components, Object[] values)
            throws ReflectiveOperationException {
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < types.length; i++) types[i] = components[i].getType();
        var constructor = kind.getDeclaredConstructor(types);
        constructor.setAccessible(true);
        return constructor.newInstance(values);
    }

    private static Object value(Type type) {
        if (type instanceof ParameterizedType list) return List.of(value(list.getActualTypeArguments()[0]));
        Class<?> plain = (Class<?>) type;
        if (plain == UUID.class) return Ids.next();
        if (plain == Instant.class) return Instant.parse("2026-11-20T09:30:00.123456Z");
        if (plain == Digest.class) return Digest.ofLines("a", "b");
        if (plain == PrivateText.class) return new PrivateText("Somebody wrote this");
        if (plain == boolean.class) return true;
        if (plain == int.class || plain == Integer.class) return 7;
        if (plain == long.class || plain == Long.class) return 7L;
        return plain.getEnumConstants()[0];
    }
}
