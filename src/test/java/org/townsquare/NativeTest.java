package org.townsquare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import io.quarkus.qute.TemplateData;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.persistence.Entity;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.junit.jupiter.api.Test;

/**
 * What a native image breaks of itself, found in seconds and without building one. It knows by reflection only what it was told of, has only the
 * resources that it was told of, and starts a part of the service while it is built, before any setting is known.
 */
class NativeTest {
    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final Path RESOURCES = Path.of("src", "main", "resources");

    /** What Quarkus reads when it builds, or includes by itself. */
    private static final List<String> KNOWN_TO_QUARKUS = List.of(
            "application.properties",
            "META-INF/services/jakarta.enterprise.inject.build.compatible.spi.*",
            "templates/**",
            "messages/**",
            // both for the OpenAPI document, which is written at build
            "access.csv",
            "org/townsquare/platform/openapi-examples.json");

    @Test
    void what_is_built_with_the_image_holds_no_setting() throws IOException {
        var held = new TreeSet<String>();
        var built = types().filter(NativeTest::isBuiltWithTheImage).toList();
        assertTrue(built.size() > 5, built::toString);
        for (Class<?> type : built) collectSettings(type, type.getSimpleName(), held, new HashSet<>());
        assertEquals(Set.of(), held, "inject a proxy: make the bean @ApplicationScoped");
    }

    /** Filters, interceptors of bodies and mappers of exceptions are made when Quarkus puts the endpoints together. */
    private static boolean isBuiltWithTheImage(Class<?> type) {
        return type.isAnnotationPresent(Provider.class)
                || Stream.of(type.getDeclaredMethods())
                        .anyMatch(it -> it.isAnnotationPresent(ServerExceptionMapper.class));
    }

    private static void collectSettings(Class<?> type, String path, Set<String> held, Set<Class<?>> seen) {
        if (!seen.add(type)) return;
        if (type.isAnnotationPresent(ConfigMapping.class)) held.add(path);
        for (Constructor<?> constructor : type.getDeclaredConstructors())
            for (Parameter parameter : constructor.getParameters()) {
                if (parameter.isAnnotationPresent(ConfigProperty.class)) held.add(path);
                for (Class<?> part : ours(parameter.getParameterizedType()))
                    types().filter(it -> part.isAssignableFrom(it) && !isProxied(it))
                            .forEach(it -> collectSettings(it, path + " → " + it.getSimpleName(), held, seen));
            }
    }

    private static boolean isProxied(Class<?> type) {
        return type.isAnnotationPresent(ApplicationScoped.class) || type.isAnnotationPresent(RequestScoped.class);
    }

    @Test
    void what_is_read_from_the_class_path_is_in_the_image() throws IOException {
        var settings = settings();
        var included = Stream.concat(
                        Stream.of(settings.getProperty("quarkus.native.resources.includes")
                                .split(",", -1)),
                        KNOWN_TO_QUARKUS.stream())
                .map(glob -> FileSystems.getDefault().getPathMatcher("glob:" + glob))
                .toList();
        try (var files = Files.walk(RESOURCES)) {
            assertEquals(
                    List.of(),
                    files.filter(Files::isRegularFile)
                            .map(RESOURCES::relativize)
                            .filter(it -> included.stream().noneMatch(glob -> glob.matches(it)))
                            .toList());
        }
        // what stands in a library is named where it is read
        var named = Pattern.compile("\"((?:[\\w.-]+/)+[\\w.-]+\\.(?:txt|json|csv|sql|yaml|properties|html|js|css))\"");
        var missing = new ArrayList<String>();
        int found = 0;
        for (Path source : sources())
            for (var name = named.matcher(Files.readString(source)); name.find(); ) {
                Path read = Path.of(name.group(1));
                if (Thread.currentThread().getContextClassLoader().getResource(name.group(1)) == null) continue;
                found++;
                if (included.stream().noneMatch(glob -> glob.matches(read))) missing.add(source + ": " + read);
            }
        assertEquals(List.of(), missing);
        assertTrue(found > 0, "nothing is read by its name any more?");
    }

    /** Jackson finds the parts of what it reads and writes by reflection, and without them writes an empty object. */
    @Test
    void json_that_no_endpoint_names_is_known_with_all_its_parts() throws IOException {
        Set<Class<?>> registeredByEndpoints = partsOf(endpointTypes());
        assertTrue(registeredByEndpoints.size() > 50, registeredByEndpoints::toString);
        var roots = new HashSet<Type>(ArchitectureTest.facts());
        roots.addAll(readAndWritten());
        assertTrue(roots.size() > ArchitectureTest.facts().size() + 3, roots::toString);
        assertEquals(
                List.of(),
                partsOf(roots).stream()
                        .filter(it -> !registeredByEndpoints.contains(it) && !isRegistered(it))
                        .map(Class::getSimpleName)
                        .sorted()
                        .toList());
    }

    /** Quarkus registers what an endpoint takes and gives, but only what it can see. */
    @Test
    void endpoints_name_what_they_take_and_give() {
        assertEquals(
                List.of(),
                endpoints()
                        .filter(it -> it.getGenericReturnType()
                                .getTypeName()
                                .matches(".*(\\?(?! extends )|java\\.lang\\.Object).*"))
                        .map(Method::toString)
                        .toList());
        Set<Class<?>> named = partsOf(endpointTypes());
        assertEquals(
                List.of(),
                named.stream()
                        .filter(Class::isInterface)
                        .flatMap(some -> types().filter(it -> some.isAssignableFrom(it) && !it.isInterface()))
                        .filter(it -> !named.contains(it) && !isRegistered(it))
                        .map(Class::getSimpleName)
                        .toList(),
                "an endpoint gives an interface alone");
    }

    /** Qute reads members by code that Quarkus writes, and where there is none by reflection. */
    @Test
    void what_templates_show_is_named_with_all_its_members() throws ReflectiveOperationException {
        Class<?> templates = Class.forName("org.townsquare.web.Templates");
        var named = Stream.of(templates.getAnnotationsByType(TemplateData.class))
                .map(TemplateData::target)
                .collect(Collectors.toSet());
        var shown = new HashSet<Class<?>>();
        for (Method template : templates.getDeclaredMethods())
            for (Type parameter : template.getGenericParameterTypes()) collectShown(parameter, shown);
        assertTrue(shown.size() > 15, shown::toString);
        assertEquals(names(shown), names(named));
    }

    private static void collectShown(Type root, Set<Class<?>> shown) {
        for (Class<?> type : ours(root))
            if (shown.add(type))
                for (Method member : type.getDeclaredMethods())
                    if (Modifier.isPublic(member.getModifiers())
                            && !Modifier.isStatic(member.getModifiers())
                            && !type.isEnum()) collectShown(member.getGenericReturnType(), shown);
    }

    private static List<String> names(Set<Class<?>> types) {
        return types.stream().map(Class::getName).sorted().toList();
    }

    /** Types whose name stands in a call that reads or writes them, and those that write themselves. */
    private static Set<Class<?>> readAndWritten() throws IOException {
        var calls = Pattern.compile(
                "(?:mapTo|readValue|convertValue|treeToValue)\\([^;]*?\\b([A-Z]\\w+)\\.class|new ([A-Z]\\w+)\\([^;]*?writeValueAsString");
        var self = Pattern.compile("(?:valueToTree|writeValueAsString|mapFrom)\\(this\\)");
        var names = new TreeSet<String>();
        for (Path source : sources()) {
            String text = Files.readString(source);
            for (var call = calls.matcher(text); call.find(); )
                names.add(call.group(1) == null ? call.group(2) : call.group(1));
            if (self.matcher(text).find())
                names.add(source.getFileName().toString().replace(".java", ""));
        }
        names.add("ProblemView"); // by the routes, too
        return types().filter(it -> names.contains(it.getSimpleName())).collect(Collectors.toSet());
    }

    private static boolean isRegistered(Class<?> type) {
        for (Class<?> it = type; it != null; it = it.getEnclosingClass())
            if (it.isAnnotationPresent(RegisterForReflection.class)) return true;
        return type.isAnnotationPresent(Entity.class) || (type.isEnum() && hasPlainNames(type)) || type.isInterface();
    }

    /** Its constants are read and written by their names, for which nothing has to be known. */
    private static boolean hasPlainNames(Class<?> constants) {
        return Stream.concat(Stream.of(constants.getDeclaredFields()), Stream.of(constants.getDeclaredMethods()))
                .flatMap(it -> Arrays.stream(it.getAnnotations()))
                .noneMatch(it -> it.annotationType().getPackageName().startsWith("com.fasterxml"));
    }

    private static Stream<Method> endpoints() {
        return types().flatMap(it -> Stream.of(it.getDeclaredMethods()))
                .filter(it -> Stream.of(it.getAnnotations())
                        .anyMatch(annotation -> annotation.annotationType().isAnnotationPresent(HttpMethod.class)));
    }

    private static Set<Type> endpointTypes() {
        return endpoints()
                .flatMap(it ->
                        Stream.concat(Stream.of(it.getGenericReturnType()), Stream.of(it.getGenericParameterTypes())))
                .collect(Collectors.toSet());
    }

    /** These types of ours, and those of their components, and so on. */
    private static Set<Class<?>> partsOf(Set<? extends Type> roots) {
        var parts = new HashSet<Class<?>>();
        roots.forEach(root -> collectParts(root, parts));
        return parts;
    }

    private static void collectParts(Type root, Set<Class<?>> parts) {
        for (Class<?> type : ours(root)) {
            if (!parts.add(type)) continue;
            if (type.isRecord())
                for (RecordComponent component : type.getRecordComponents())
                    collectParts(component.getGenericType(), parts);
        }
    }

    /** The classes of ours in a type such as {@code Uni<Page<EventView>>}. */
    private static Set<Class<?>> ours(Type type) {
        var found = new HashSet<Class<?>>();
        if (type instanceof Class<?> plain) {
            Class<?> element = plain.isArray() ? plain.getComponentType() : plain;
            if (element.getName().startsWith("org.townsquare.")) found.add(element);
        } else if (type instanceof ParameterizedType generic) {
            found.addAll(ours(generic.getRawType()));
            for (Type argument : generic.getActualTypeArguments()) found.addAll(ours(argument));
        } else if (type instanceof GenericArrayType array) found.addAll(ours(array.getGenericComponentType()));
        else if (type instanceof WildcardType some) for (Type bound : some.getUpperBounds()) found.addAll(ours(bound));
        return found;
    }

    private static Stream<Class<?>> types() {
        return ArchitectureTest.TOWN.stream()
                .filter(it -> !it.getSimpleName().equals("package-info"))
                .map(JavaClass::reflect);
    }

    private static List<Path> sources() throws IOException {
        try (var files = Files.walk(SOURCES)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static Properties settings() throws IOException {
        try (InputStream in = Files.newInputStream(RESOURCES.resolve("application.properties"))) {
            var settings = new Properties();
            settings.load(in);
            assertFalse(settings.isEmpty());
            return settings;
        }
    }
}
