package org.townsquare.journal;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All facts there are, by their kind. */
@ApplicationScoped
public class Kinds {
    private final ObjectMapper json;
    private final Map<String, Class<? extends Fact>> byName = new HashMap<>();

    Kinds(ObjectMapper json, @All List<FactKinds> features) {
        this.json = json;
        for (FactKinds feature : features)
            for (Class<? extends Fact> kind : feature.facts())
                if (byName.put(kind.getSimpleName(), kind) != null)
                    throw new IllegalStateException("two facts of one kind: " + kind.getSimpleName());
    }

    /** The record of a kind; null for one of a newer release. */
    public @Nullable Class<? extends Fact> named(String kind) {
        return byName.get(kind);
    }

    /** The fact in the body of an entry. */
    public Fact read(String kind, byte[] body) {
        Class<? extends Fact> type = byName.get(kind);
        if (type == null) throw new IllegalStateException("a fact of an unknown kind: " + kind);
        try {
            return json.treeToValue(json.readTree(body).get("fact"), type);
        } catch (IOException e) {
            throw new UncheckedIOException("an entry that cannot be read", e);
        }
    }

    /** The same; null for one of another release: of a kind, or with a word in it, that this one does not know. */
    public @Nullable Fact readIfKnown(String kind, byte[] body) {
        try {
            return byName.containsKey(kind) ? read(kind, body) : null;
        } catch (UncheckedIOException e) {
            return null;
        }
    }
}
