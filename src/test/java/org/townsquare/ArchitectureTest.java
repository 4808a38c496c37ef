package org.townsquare;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.persistence.Entity;
import jakarta.persistence.MappedSuperclass;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestMulti;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.townsquare.identity.Access;
import org.townsquare.journal.Fact;
import org.townsquare.journal.FactKinds;
import org.townsquare.journal.PrivateText;
import org.townsquare.platform.Background;
import org.townsquare.platform.Digest;
import org.townsquare.platform.HotPath;
import org.townsquare.platform.InBackground;
import org.townsquare.platform.OncePerKey;
import org.townsquare.platform.OwnTransaction;
import org.townsquare.platform.Repeats;

/** The structure that docs/architecture.md promises. */
class ArchitectureTest {
    static final JavaClasses TOWN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.townsquare");

    static final List<Class<? extends Annotation>> SECURITY =
            List.of(Authenticated.class, PermitAll.class, RolesAllowed.class);

    static final List<Class<? extends Annotation>> DATABASE =
            List.of(WithSession.class, WithTransaction.class, HotPath.class, OwnTransaction.class);

    /** The hand-written statements that append their own entry. */
    static final Set<String> HOT_STATEMENTS =
            Set.of("vote.sql", "ballot.sql", "withdraw-ballot.sql", "check-in.sql", "votes.sql", "check-ins.sql");

    /** By one statement each few seconds, for health and metrics: they tell most when nothing else has its turn. */
    static final Set<String> LOOKS = Set.of("JournalStream", "JournalHealth", "LogHealth", "FollowersHealth");

    static boolean isEntity(JavaClass type) {
        return type.isAnnotatedWith(Entity.class) || type.isAnnotatedWith(MappedSuperclass.class);
    }

    @Test
    void imports_follow_the_arrows() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("platform")
                .definedBy("org.townsquare.platform..")
                .layer("journal")
                .definedBy("org.townsquare.journal..")
                .layer("identity")
                .definedBy("org.townsquare.identity..")
                .layer("communities")
                .definedBy("org.townsquare.communities..")
                .layer("governance")
                .definedBy("org.townsquare.governance..")
                .layer("events")
                .definedBy("org.townsquare.events..")
                .layer("edge")
                .definedBy("org.townsquare.audit..", "org.townsquare.web..", "org.townsquare.demo..")
                .whereLayer("platform")
                .mayNotAccessAnyLayer()
                .whereLayer("journal")
                .mayOnlyAccessLayers("platform")
                .whereLayer("identity")
                .mayOnlyAccessLayers("platform", "journal")
                .whereLayer("communities")
                .mayOnlyAccessLayers("platform", "journal", "identity")
                .whereLayer("governance")
                .mayOnlyAccessLayers("platform", "journal", "identity", "communities")
                .whereLayer("events")
                .mayOnlyAccessLayers("platform", "journal", "identity", "communities")
                .whereLayer("edge")
                .mayNotBeAccessedByAnyLayer()
                .because("a feature stands on what is below it and knows nothing beside or above it")
                .check(TOWN);
    }

    @Test
    void fields_of_an_entity_are_set_only_by_its_own_class() {
        noClasses()
                .should()
                .setFieldWhere(describe(
                        "field of another entity",
                        (JavaFieldAccess access) -> isEntity(access.getTargetOwner())
                                && !access.getOriginOwner().equals(access.getTargetOwner())
                                && !access.getOriginOwner()
                                        .equals(access.getTarget()
                                                .resolveMember()
                                                .map(field -> field.getOwner())
                                                .orElse(access.getTargetOwner()))))
                .because("an act is the one place where a row changes")
                .check(TOWN);
    }

    @Test
    void acts_are_synchronous() {
        noMethods()
                .that()
                .areDeclaredInClassesThat(describe("are entities", ArchitectureTest::isEntity))
                .and()
                .areNotStatic()
                .should()
                .haveRawReturnType(Uni.class)
                .because("decisions are plain Java")
                .check(TOWN);
    }

    @Test
    void panache_statics_stay_in_entities() {
        noClasses()
                .that(describe("are no entity", type -> !isEntity(type)))
                .should()
                .callMethodWhere(describe(
                        "Panache static",
                        (JavaMethodCall call) -> call.getTargetOwner().isAssignableTo(PanacheEntityBase.class)
                                && call.getTarget()
                                        .resolveMember()
                                        .map(method -> method.getModifiers().contains(JavaModifier.STATIC)
                                                && method.getOwner().isEquivalentTo(PanacheEntityBase.class))
                                        .orElse(false)))
                .because("a finder says who is looking")
                .check(TOWN);
    }

    @Test
    void an_endpoint_says_who_may_call_it_and_what_it_holds_open() {
        methods()
                .that()
                .areMetaAnnotatedWith(HttpMethod.class)
                .should(
                        new ArchCondition<JavaMethod>(
                                "have one security annotation, one that says what it holds open, and a typed answer") {
                            @Override
                            public void check(JavaMethod method, ConditionEvents events) {
                                long own = count(SECURITY, method::isAnnotatedWith);
                                long ofClass = count(SECURITY, method.getOwner()::isAnnotatedWith);
                                if (own > 1 || (own == 0 && ofClass != 1))
                                    refuse(
                                            events,
                                            method,
                                            own + " security annotations, and " + ofClass + " on the class");
                                if (count(DATABASE, method::isAnnotatedWith) != 1)
                                    refuse(
                                            events,
                                            method,
                                            "not exactly one of @WithSession, @WithTransaction, @HotPath, @OwnTransaction");
                                if (!method.isAnnotatedWith(Access.class)
                                        && !method.getOwner().isAnnotatedWith(Access.class))
                                    refuse(events, method, "no @Access, so a key or an impersonator could call it");
                                boolean reads = method.isAnnotatedWith(GET.class);
                                if (reads && method.isAnnotatedWith(WithTransaction.class))
                                    refuse(events, method, "a read in a transaction");
                                if (!reads && method.isAnnotatedWith(WithSession.class))
                                    refuse(events, method, "a write without a transaction");
                                boolean isPage =
                                        method.getOwner().getPackageName().endsWith(".web");
                                if (method.isAnnotatedWith(POST.class)
                                        && !isPage
                                        && !method.isAnnotatedWith(OncePerKey.class))
                                    refuse(events, method, "a POST that is done again when it is repeated");
                                if (!method.getRawReturnType().isEquivalentTo(Uni.class)
                                        && !method.getRawReturnType().isEquivalentTo(RestMulti.class))
                                    refuse(events, method, "no Uni, and no stream of lines");
                                method.getReturnType().getAllInvolvedRawTypes().stream()
                                        .filter(type -> isEntity(type) || type.isEquivalentTo(Response.class))
                                        .forEach(type -> refuse(events, method, type.getSimpleName() + " on the wire"));
                                if (!method.getOwner().isAnnotatedWith(Cancellable.class)
                                        || method.getOwner()
                                                .getAnnotationOfType(Cancellable.class)
                                                .value())
                                    refuse(events, method, "stops in the middle when its caller hangs up");
                                if (method.isAnnotatedWith(Path.class))
                                    refuse(events, method, "the whole path stands on the class");
                                if (!method.getOwner().getPackageName().endsWith(".web")) {
                                    if (!method.isAnnotatedWith(Operation.class)
                                            || method.getAnnotationOfType(Operation.class)
                                                    .operationId()
                                                    .isEmpty()) refuse(events, method, "no operationId");
                                    if (!method.getOwner().isAnnotatedWith(Tag.class)) refuse(events, method, "no tag");
                                    if (!method.isAnnotatedWith(Produces.class)
                                            && !method.getOwner().isAnnotatedWith(Produces.class))
                                        refuse(events, method, "no @Produces, so it would answer whatever is accepted");
                                }
                            }
                        })
                .because("it is read at the endpoint, not guessed")
                .check(TOWN);
    }

    @Test
    void a_post_that_opens_its_own_transaction_keeps_its_answer_there() {
        for (JavaClass type : TOWN)
            for (JavaMethod method : type.getMethods())
                if (method.isAnnotatedWith(OncePerKey.class) && !method.isAnnotatedWith(WithTransaction.class))
                    assertTrue(
                            type.getMethodCallsFromSelf().stream()
                                            .anyMatch(call ->
                                                    call.getTargetOwner().isEquivalentTo(Repeats.class))
                                    && type.getMethodCallsFromSelf().stream()
                                            .noneMatch(call ->
                                                    call.getTargetOwner().isEquivalentTo(Panache.class)
                                                            && call.getName().equals("withTransaction")),
                            method.getFullName() + " does not open it by Repeats");
    }

    private static long count(
            List<Class<? extends Annotation>> annotations,
            java.util.function.Predicate<Class<? extends Annotation>> present) {
        return annotations.stream().filter(present).count();
    }

    private static void refuse(ConditionEvents events, JavaMethod method, String what) {
        events.add(SimpleConditionEvent.violated(method, method.getFullName() + ": " + what));
    }

    @Test
    void nothing_waits() {
        noClasses()
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethodWhere(describe(
                        "await, join, combine",
                        (JavaMethodCall call) -> call.getTargetOwner().isEquivalentTo(Uni.class)
                                && List.of("await", "join", "combine").contains(call.getName())))
                .because("an event loop that waits stops everybody, and one session does one thing at a time")
                .check(TOWN);
    }

    @Test
    void jobs_wait_for_their_turn() {
        methods()
                .that()
                .areAnnotatedWith(Scheduled.class)
                .and()
                .areDeclaredInClassesThat(describe("do more than look", type -> !LOOKS.contains(type.getSimpleName())))
                .should(new ArchCondition<JavaMethod>("be @InBackground, or stand in a class that asks Background") {
                    @Override
                    public void check(JavaMethod method, ConditionEvents events) {
                        boolean asks = method.getOwner().getMethodCallsFromSelf().stream()
                                .anyMatch(call -> call.getTargetOwner().isEquivalentTo(Background.class));
                        if (!asks && !method.isAnnotatedWith(InBackground.class))
                            refuse(events, method, "takes connections from requests");
                    }
                })
                .because("followers and jobs hold four connections, and none while a request waits for one")
                .check(TOWN);
    }

    @Test
    void time_and_ids_come_from_the_platform() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..platform..")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .because("a test sets the clock, and ids carry their time")
                .check(TOWN);
    }

    @Test
    void names_are_words_of_the_field() {
        noClasses()
                .should()
                .haveNameMatching(".*(Service|Manager|Helper|Utils?|Impl|Dto|Repository)")
                .because("they say nothing")
                .check(TOWN);
    }

    @Test
    void packages_are_null_marked_and_say_what_they_are_for() throws IOException {
        classes()
                .that()
                .resideOutsideOfPackage("org.townsquare")
                .should(new ArchCondition<JavaClass>("stand in a null-marked package") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        if (!type.getPackage().isAnnotatedWith(NullMarked.class))
                            events.add(SimpleConditionEvent.violated(type, type.getName()));
                    }
                })
                .check(TOWN);
        try (var sources = Files.walk(java.nio.file.Path.of("src/main/java/org/townsquare"))) {
            for (var folder : sources.filter(Files::isDirectory).skip(1).toList()) {
                String info = Files.readString(folder.resolve("package-info.java"));
                assertTrue(
                        info.matches("(?s)/\\*\\* [A-Z][^*]+\\. \\*/\n@NullMarked\n@CheckReturnValue\n.*"),
                        folder + " has no sentence");
            }
        }
    }

    /** SQL is text, which bytecode rules cannot see: nobody but the journal and the hot statements names its table. */
    @Test
    void only_the_journal_and_the_hot_statements_name_its_table() throws IOException {
        var naming = Pattern.compile("journal_(entry|origin|text)");
        var found = new ArrayList<String>();
        for (String root : List.of("src/main/java/org/townsquare", "src/main/resources/org/townsquare"))
            try (var files = Files.walk(java.nio.file.Path.of(root))) {
                for (var file : files.filter(Files::isRegularFile).toList())
                    if (!file.toString().contains("/journal/")
                            && !HOT_STATEMENTS.contains(file.getFileName().toString())
                            && naming.matcher(Files.readString(file)).find()) found.add(file.toString());
            }
        assertEquals(List.of(), found);
    }

    /** A native image builds by reflection only what it was told of, and says so at the first request. */
    @Test
    void what_is_built_by_reflection_native_images_know() throws IOException {
        var built =
                Pattern.compile("(?:project|mapTo|readValue|convertValue|treeToValue)\\([^;]*?\\b([A-Z]\\w+)\\.class");
        var found = new TreeSet<String>();
        try (var files = Files.walk(java.nio.file.Path.of("src/main/java/org/townsquare"))) {
            for (var file : files.filter(Files::isRegularFile).toList())
                for (var named = built.matcher(Files.readString(file)); named.find(); ) found.add(named.group(1));
        }
        var known = TOWN.stream()
                .filter(type -> found.contains(type.getSimpleName()))
                .collect(Collectors.toMap(
                        JavaClass::getSimpleName, type -> type.isAnnotatedWith(RegisterForReflection.class)));
        assertTrue(known.size() > 3, known::toString);
        assertEquals(
                List.of(),
                known.entrySet().stream()
                        .filter(type -> !type.getValue())
                        .map(Map.Entry::getKey)
                        .toList());
    }

    static List<Class<?>> facts() {
        return TOWN.stream()
                .filter(type -> type.isAssignableTo(Fact.class) && !type.isInterface())
                .<Class<?>>map(JavaClass::reflect)
                .toList();
    }

    @Test
    void facts_are_records_that_native_images_know() {
        classes()
                .that()
                .implement(Fact.class)
                .and()
                .areNotInterfaces()
                .should()
                .beRecords()
                .andShould()
                .beAnnotatedWith(RegisterForReflection.class)
                .check(TOWN);
        assertFalse(facts().isEmpty());
    }

    @Test
    void facts_hold_no_text_that_could_name_a_person() {
        var refused = new ArrayList<String>();
        for (Class<?> fact : facts())
            for (RecordComponent component : fact.getRecordComponents())
                if (!isAllowed(component.getGenericType()))
                    refused.add(fact.getSimpleName() + "." + component.getName());
        assertEquals(List.of(), refused);
    }

    private static boolean isAllowed(Type type) {
        if (type instanceof ParameterizedType list)
            return list.getRawType() == List.class && isAllowed(list.getActualTypeArguments()[0]);
        return type instanceof Class<?> plain
                && (plain.isEnum()
                        || Set.<Class<?>>of(
                                        UUID.class,
                                        Instant.class,
                                        Digest.class,
                                        PrivateText.class,
                                        int.class,
                                        long.class,
                                        boolean.class,
                                        Integer.class,
                                        Long.class)
                                .contains(plain));
    }

    @Test
    void every_fact_is_listed_once_under_a_kind_of_its_own() throws ReflectiveOperationException {
        var listed = new ArrayList<Class<?>>();
        for (JavaClass type : TOWN)
            if (type.isAssignableTo(FactKinds.class) && !type.isInterface()) {
                var constructor = type.reflect().getDeclaredConstructor();
                constructor.setAccessible(true);
                listed.addAll(((FactKinds) constructor.newInstance()).facts());
            }
        assertEquals(listed.size(), new HashSet<>(listed).size(), "listed twice");
        assertEquals(Set.copyOf(facts()), Set.copyOf(listed));
        assertEquals(
                listed.size(),
                listed.stream().map(Class::getSimpleName).distinct().count(),
                "two facts of one kind");
    }
}
