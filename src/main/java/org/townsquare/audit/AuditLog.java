package org.townsquare.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.townsquare.governance.Proposal;
import org.townsquare.identity.Names;
import org.townsquare.journal.Fact;
import org.townsquare.journal.JournalEntry;
import org.townsquare.journal.JournalOrigin;
import org.townsquare.journal.JournalText;
import org.townsquare.journal.Kinds;

/** A community's log as whoever looks may read it. */
@ApplicationScoped
class AuditLog {
    private final ObjectMapper json;
    private final Kinds kinds;

    AuditLog(ObjectMapper json, Kinds kinds) {
        this.json = json;
        this.kinds = kinds;
    }

    /** Newest first. Problems: {@code members-only}, {@code not-allowed}, {@code sign-in-required}. */
    Uni<List<AuditEntryView>> page(AuditReader viewer, UUID before, int rows) {
        AuditRights.requireToRead(viewer);
        return JournalEntry.ofCommunity(viewer.member().communityId, before, rows)
                .chain(entries -> submitted(viewer, entries).chain(submitted -> {
                    List<JournalEntry> open = entries.stream()
                            .filter(entry -> mayRead(viewer, entry, submitted))
                            .toList();
                    return beside(viewer, open)
                            .map(beside -> entries.stream()
                                    .map(entry -> open.contains(entry)
                                            ? view(viewer, entry, beside)
                                            : AuditEntryView.withheld(entry.id, entry.at, entry.digest()))
                                    .toList());
                }));
    }

    private static Uni<Set<UUID>> submitted(AuditReader viewer, List<JournalEntry> entries) {
        List<UUID> proposals = entries.stream()
                .filter(entry -> entry.subjectType.equals("proposal"))
                .map(entry -> entry.subjectId)
                .distinct()
                .toList();
        return Proposal.submittedAmong(viewer.member().communityId, proposals).map(Set::copyOf);
    }

    /** What stands beside the entries: names, private texts, own origins. */
    private record Beside(
            Map<UUID, String> names, Map<UUID, List<JournalText>> texts, Map<UUID, JournalOrigin> origins) {}

    private static Uni<Beside> beside(AuditReader viewer, List<JournalEntry> open) {
        List<UUID> actors = open.stream()
                .map(entry -> entry.actorId)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        List<UUID> ids = open.stream().map(entry -> entry.id).toList();
        List<UUID> own = open.stream()
                .filter(entry -> AuditRights.mayReadOrigin(viewer, entry))
                .map(entry -> entry.id)
                .toList();
        return Names.of(actors)
                .chain(names -> JournalText.of(ids)
                        .chain(texts -> JournalOrigin.of(own)
                                .map(origins -> new Beside(
                                        names,
                                        texts.stream().collect(Collectors.groupingBy(text -> text.entryId)),
                                        origins.stream()
                                                .collect(Collectors.toMap(
                                                        origin -> origin.entryId, Function.identity()))))));
    }

    private boolean mayRead(AuditReader viewer, JournalEntry entry, Set<UUID> submitted) {
        Class<? extends Fact> kind = kinds.named(entry.kind);
        return kind != null && AuditRights.mayRead(viewer, entry, kinds.read(entry.kind, entry.body), submitted);
    }

    private AuditEntryView view(AuditReader viewer, JournalEntry entry, Beside beside) {
        return new AuditEntryView(
                entry.id,
                entry.at,
                entry.digest(),
                false,
                entry.kind,
                viewer.knowsMembers() ? actor(entry.actorId, beside.names()) : null,
                entry.credential.name(),
                new AuditEntryView.Subject(entry.subjectType, entry.subjectId),
                fact(entry, beside.texts().getOrDefault(entry.id, List.of())),
                origin(beside.origins().get(entry.id)));
    }

    private static AuditEntryView.@Nullable Person actor(@Nullable UUID actorId, Map<UUID, String> names) {
        return actorId == null ? null : new AuditEntryView.Person(actorId, names.get(actorId));
    }

    private static AuditEntryView.@Nullable Origin origin(@Nullable JournalOrigin origin) {
        return origin == null ? null : new AuditEntryView.Origin(origin.ip, origin.userAgent);
    }

    private JsonNode fact(JournalEntry entry, List<JournalText> texts) {
        try {
            var fact = (ObjectNode) json.readTree(entry.body).get("fact");
            for (JournalText text : texts) fact.put(text.field, text.value);
            return fact;
        } catch (IOException e) {
            throw new UncheckedIOException("an entry that cannot be read", e);
        }
    }
}
