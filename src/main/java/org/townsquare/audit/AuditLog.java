package org.townsquare.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.townsquare.governance.DisclosedVoters;
import org.townsquare.governance.Proposal;
import org.townsquare.identity.Names;
import org.townsquare.journal.EntryFilter;
import org.townsquare.journal.Fact;
import org.townsquare.journal.JournalEntry;
import org.townsquare.journal.JournalOrigin;
import org.townsquare.journal.JournalText;
import org.townsquare.journal.Kinds;
import org.townsquare.platform.Cursor;
import org.townsquare.platform.Page;
import org.townsquare.platform.Paging;

/** The log as whoever looks may read it. */
@ApplicationScoped
class AuditLog {
    /** Entries that are looked through at once for those that may be read. */
    private static final int SCANNED = 500;

    /** So often in one request: whoever may read little of a long log goes through it by more pages, and not by a request without an end. */
    private static final int SCANS = 4;

    private static final Cursor NEWEST = Cursor.of(new UUID(-1, -1));

    private final ObjectMapper json;
    private final Kinds kinds;

    AuditLog(ObjectMapper json, Kinds kinds) {
        this.json = json;
        this.kinds = kinds;
    }

    /** So many entries before this one, newest first, as a finder finds them. */
    private interface Source {
        Uni<List<JournalEntry>> page(UUID before, int rows);
    }

    /** A page of a community's, newest first. Problems: {@code members-only}, {@code not-allowed}, {@code sign-in-required}, {@code parameter-invalid}. */
    Uni<RestResponse<Page<AuditEntryView>>> ofCommunity(AuditReader viewer, EntryQuery query, Paging paging) {
        AuditRights.requireToRead(viewer);
        UUID community = viewer.member().communityId;
        EntryFilter filter = query.filter(kinds);
        return page(viewer, filter, (from, most) -> JournalEntry.ofCommunity(community, filter, from, most), paging);
    }

    /** A page of those of the installation, for a PLATFORM_ADMIN, newest first. Problems: {@code parameter-invalid}. */
    Uni<RestResponse<Page<AuditEntryView>>> ofInstallation(AuditReader viewer, EntryQuery query, Paging paging) {
        EntryFilter filter = query.filter(kinds);
        return page(viewer, filter, (from, most) -> JournalEntry.ofNoCommunity(filter, from, most), paging);
    }

    /** A page of those whose actor or subject the viewer is, newest first. Problems: {@code parameter-invalid}. */
    Uni<RestResponse<Page<AuditEntryView>>> ofPerson(AuditReader viewer, EntryQuery query, Paging paging) {
        EntryFilter filter = query.filter(kinds);
        return JournalEntry.ofPerson(
                        viewer.userId(), filter, paging.after(NEWEST).id(), paging.rows())
                .chain(entries -> shown(viewer, entries, AuditRights.ownOf(viewer, this::fact)))
                .map(views -> paging.answer(views, AuditLog::place));
    }

    private static Cursor place(AuditEntryView view) {
        return Cursor.of(view.id());
    }

    private Uni<RestResponse<Page<AuditEntryView>>> page(
            AuditReader viewer, EntryFilter filter, Source source, Paging paging) {
        UUID before = paging.after(NEWEST).id();
        if (!filter.asksWhatItSays())
            return source.page(before, paging.rows())
                    .chain(entries -> readable(viewer, entries).chain(may -> shown(viewer, entries, may)))
                    .map(views -> paging.answer(views, AuditLog::place));
        return scan(viewer, source, before, paging.rows())
                .chain(scanned -> shown(viewer, scanned.found(), entry -> true)
                        .map(views -> paging.answer(views, AuditLog::place, scanned.upTo())));
    }

    /**
     * What may be read of the entries that were looked through.
     *
     * @param upTo where the next request goes on; null where all were looked through or enough is found
     */
    private record Scanned(
            List<JournalEntry> found, @Nullable Cursor upTo) {}

    /** What may be read of what a finder finds, until there are so many or no more, or the request has looked at enough. */
    private Uni<Scanned> scan(AuditReader viewer, Source source, UUID before, int rows) {
        var found = new ArrayList<JournalEntry>();
        var place = new UUID[] {before};
        return Multi.createBy()
                .repeating()
                .uni(() -> source.page(place[0], SCANNED)
                        .call(entries -> readable(viewer, entries).invoke(may -> {
                            entries.stream().filter(may).forEach(found::add);
                            if (!entries.isEmpty()) place[0] = entries.get(entries.size() - 1).id;
                        })))
                .whilst(entries -> entries.size() == SCANNED && found.size() < rows)
                .select()
                .first(SCANS)
                .collect()
                .last()
                .map(last -> new Scanned(
                        found.subList(0, Math.min(rows, found.size())),
                        last.size() == SCANNED && found.size() < rows ? Cursor.of(place[0]) : null));
    }

    /** Which of these entries the viewer may read. */
    Uni<Predicate<JournalEntry>> readable(AuditReader viewer, List<JournalEntry> entries) {
        var facts = new HashMap<UUID, Fact>();
        for (JournalEntry entry : entries) {
            Fact fact = fact(entry);
            if (fact != null) facts.put(entry.id, fact);
        }
        return submitted(viewer, entries)
                .chain(submitted -> DisclosedVoters.to(viewer.member(), facts.values())
                        .map(voters -> entry -> {
                            Fact fact = facts.get(entry.id);
                            return fact != null && AuditRights.mayRead(viewer, entry, fact, submitted, voters);
                        }));
    }

    /** Each as it may be read, in their order. */
    Uni<List<AuditEntryView>> shown(AuditReader viewer, List<JournalEntry> entries, Predicate<JournalEntry> may) {
        List<JournalEntry> open = entries.stream().filter(may).toList();
        return beside(viewer, open)
                .map(beside -> entries.stream()
                        .map(entry -> open.contains(entry)
                                ? view(viewer, entry, beside)
                                : AuditEntryView.withheld(entry.id, entry.at, entry.digest()))
                        .toList());
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

    /** Null for one that another release wrote and this one cannot read: nobody is shown what cannot be judged. */
    private @Nullable Fact fact(JournalEntry entry) {
        return kinds.readIfKnown(entry.kind, entry.body);
    }

    private AuditEntryView view(AuditReader viewer, JournalEntry entry, Beside beside) {
        return new AuditEntryView(
                entry.id,
                entry.at,
                entry.digest(),
                false,
                entry.kind,
                AuditRights.mayReadActor(viewer, entry, fact(entry)) ? actor(entry.actorId, beside.names()) : null,
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
