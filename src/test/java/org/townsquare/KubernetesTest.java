package org.townsquare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The manifests of production, as {@code kubectl kustomize} renders them: what docs/deploy.md promises, line by line. Where there is no kubectl these
 * tests are skipped and say so; with {@code -Dtownsquare.kubectl=required} they fail.
 */
class KubernetesTest {
    private static final Path MANIFESTS = Path.of("src", "main", "kubernetes");

    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.of(
            "Namespace", Namespace.class,
            "ServiceAccount", ServiceAccount.class,
            "ConfigMap", ConfigMap.class,
            "Service", Service.class,
            "Deployment", Deployment.class,
            "PodDisruptionBudget", PodDisruptionBudget.class,
            "HorizontalPodAutoscaler", HorizontalPodAutoscaler.class,
            "Job", Job.class,
            "NetworkPolicy", NetworkPolicy.class);

    /** What a replica may hold: the pool, two for reports, four while it connects again. */
    private static final int CONNECTIONS = 26;

    private static Map<String, HasMetadata> production;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void render() throws Exception {
        production = rendered(MANIFESTS.resolve("overlays").resolve("production"));
    }

    @Test
    void everything_stands_in_one_namespace_that_enforces_the_restricted_standard() {
        Namespace namespace = the(Namespace.class, "townsquare");
        assertEquals("restricted", namespace.getMetadata().getLabels().get("pod-security.kubernetes.io/enforce"));
        for (HasMetadata object : production.values())
            if (object != namespace)
                assertEquals("townsquare", object.getMetadata().getNamespace(), object.getFullResourceName());
    }

    @Test
    void a_roll_out_never_has_fewer_replicas_than_before() {
        var spec = deployment().getSpec();
        assertEquals("RollingUpdate", spec.getStrategy().getType());
        var rolling = spec.getStrategy().getRollingUpdate();
        assertEquals(0, rolling.getMaxUnavailable().getIntVal());
        assertEquals(1, rolling.getMaxSurge().getIntVal());
        // the drain of 8 + 20 s ends before the kill
        assertEquals(45, spec.getTemplate().getSpec().getTerminationGracePeriodSeconds());
    }

    @Test
    void there_are_two_to_ten_replicas_at_70_percent_CPU_scaled_down_after_5_minutes() {
        var autoscaler = the(HorizontalPodAutoscaler.class, "townsquare").getSpec();
        var target = autoscaler.getScaleTargetRef();
        assertEquals(
                List.of("apps/v1", "Deployment", "townsquare"),
                List.of(target.getApiVersion(), target.getKind(), target.getName()));
        assertNull(deployment().getSpec().getReplicas(), "each roll-out would take back what the autoscaler added");
        assertEquals(2, autoscaler.getMinReplicas());
        assertEquals(10, autoscaler.getMaxReplicas());
        assertEquals(1, autoscaler.getMetrics().size());
        var cpu = autoscaler.getMetrics().get(0).getResource();
        assertEquals("cpu", cpu.getName());
        assertEquals("Utilization", cpu.getTarget().getType());
        assertEquals(70, cpu.getTarget().getAverageUtilization());
        assertEquals(300, autoscaler.getBehavior().getScaleDown().getStabilizationWindowSeconds());
    }

    @Test
    void the_database_allows_what_all_replicas_hold_also_while_they_are_replaced() throws IOException {
        var autoscaler = the(HorizontalPodAutoscaler.class, "townsquare");
        int allowed = Integer.parseInt(autoscaler.getMetadata().getAnnotations().get("townsquare.org/max-connections"));
        int replicas = autoscaler.getSpec().getMaxReplicas()
                + deployment()
                        .getSpec()
                        .getStrategy()
                        .getRollingUpdate()
                        .getMaxSurge()
                        .getIntVal();
        assertTrue(replicas * CONNECTIONS + 10 <= allowed, replicas + " replicas, " + allowed + " connections");
        var settings = new Properties();
        try (var in = Files.newInputStream(Path.of("src", "main", "resources", "application.properties"))) {
            settings.load(in);
        }
        int pool = Integer.parseInt(settings.getProperty("quarkus.datasource.reactive.max-size"));
        assertTrue(pool + 2 + 4 <= CONNECTIONS, "the pool has grown to " + pool);
    }

    @Test
    void replicas_are_spread_over_zones_and_nodes() {
        var spread = deployment().getSpec().getTemplate().getSpec().getTopologySpreadConstraints();
        assertEquals(
                List.of("topology.kubernetes.io/zone", "kubernetes.io/hostname"),
                spread.stream().map(it -> it.getTopologyKey()).toList());
        for (var constraint : spread) {
            assertEquals(1, constraint.getMaxSkew());
            assertTrue(selects(
                    constraint.getLabelSelector(), deployment().getSpec().getTemplate()));
        }
    }

    @Test
    void no_container_may_do_more_than_it_needs() {
        for (PodSpec pod : pods()) {
            assertEquals(false, pod.getAutomountServiceAccountToken());
            assertEquals("townsquare", pod.getServiceAccountName());
            var all = pod.getSecurityContext();
            assertEquals(true, all.getRunAsNonRoot());
            assertEquals(1001, all.getRunAsUser());
            assertEquals("RuntimeDefault", all.getSeccompProfile().getType());
            assertEquals(1, pod.getContainers().size());
            assertEquals(List.of(), pod.getInitContainers());
            assertNull(pod.getHostNetwork());
            assertNull(pod.getHostPID());
            var own = pod.getContainers().get(0).getSecurityContext();
            assertEquals(true, own.getReadOnlyRootFilesystem());
            assertEquals(false, own.getAllowPrivilegeEscalation());
            assertEquals(List.of("ALL"), own.getCapabilities().getDrop());
            assertEquals(List.of(), own.getCapabilities().getAdd());
            assertNull(own.getPrivileged());
        }
        assertEquals(false, the(ServiceAccount.class, "townsquare").getAutomountServiceAccountToken());
    }

    @Test
    void nothing_is_writable_but_64_MiB_of_tmp() {
        for (PodSpec pod : pods()) {
            var temporary = pod.getVolumes().stream()
                    .filter(it -> it.getEmptyDir() != null)
                    .toList();
            assertEquals(1, temporary.size());
            assertEquals(new Quantity("64Mi"), temporary.get(0).getEmptyDir().getSizeLimit());
            for (var mount : pod.getContainers().get(0).getVolumeMounts())
                if (mount.getName().equals(temporary.get(0).getName())) assertEquals("/tmp", mount.getMountPath());
                else assertEquals(true, mount.getReadOnly(), mount.getMountPath());
        }
    }

    @Test
    void memory_has_a_limit_and_CPU_has_none() {
        for (PodSpec pod : pods()) assertResources("500m", "512Mi", "768Mi", pod);
    }

    @Test
    void the_native_executable_is_given_less() throws Exception {
        // beside each other, since a component is named from where it is used
        Path overlay = Files.createDirectories(
                copy(MANIFESTS, folder.resolve("kubernetes")).resolve("overlays/native"));
        Files.writeString(overlay.resolve("kustomization.yaml"), """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                resources: [../production]
                components: [../../components/native]
                """);
        var natively = rendered(overlay);
        assertEquals(production.keySet(), natively.keySet());
        var deployment = (Deployment) natively.get("Deployment townsquare");
        assertResources(
                "250m", "192Mi", "320Mi", deployment.getSpec().getTemplate().getSpec());
        var job = (Job) natively.get("Job townsquare-migrate");
        assertResources("250m", "192Mi", "320Mi", job.getSpec().getTemplate().getSpec());
    }

    @Test
    void probes_ask_the_management_port() {
        Container container = container(deployment().getSpec().getTemplate());
        var ports = new TreeMap<String, Integer>();
        container.getPorts().forEach(it -> ports.put(it.getName(), it.getContainerPort()));
        assertEquals(Map.of("http", 8080, "management", 9000), ports);
        assertProbe("/q/health/started", 1, 60, container.getStartupProbe());
        assertProbe("/q/health/ready", 2, 2, container.getReadinessProbe());
        assertProbe("/q/health/live", 10, 6, container.getLivenessProbe());
    }

    @Test
    void one_replica_stays_when_nodes_are_emptied() {
        var budget = the(PodDisruptionBudget.class, "townsquare").getSpec();
        assertEquals(1, budget.getMinAvailable().getIntVal());
        assertTrue(selects(budget.getSelector(), deployment().getSpec().getTemplate()));
    }

    @Test
    void only_replicas_are_served_from() {
        var service = the(Service.class, "townsquare").getSpec();
        var port = service.getPorts().get(0);
        assertEquals(
                List.of(80, "http"),
                List.of(port.getPort(), port.getTargetPort().getStrVal()));
        assertEquals(1, service.getPorts().size(), "the management port is for who watches, pod by pod");
        var replicas = new LabelSelector(null, service.getSelector());
        assertTrue(selects(replicas, deployment().getSpec().getTemplate()));
        assertFalse(selects(replicas, job().getSpec().getTemplate()));
        assertTrue(selects(
                deployment().getSpec().getSelector(), deployment().getSpec().getTemplate()));
        assertFalse(
                selects(deployment().getSpec().getSelector(), job().getSpec().getTemplate()));
    }

    @Test
    void nothing_goes_in_or_out_but_what_is_named() {
        var all = the(NetworkPolicy.class, "deny-all").getSpec();
        assertEquals(Map.of(), all.getPodSelector().getMatchLabels());
        assertEquals(List.of(), all.getPodSelector().getMatchExpressions());
        assertEquals(List.of("Ingress", "Egress"), all.getPolicyTypes());
        assertEquals(List.of(), all.getIngress());
        assertEquals(List.of(), all.getEgress());

        var serving = the(NetworkPolicy.class, "townsquare").getSpec();
        assertEquals(List.of("Ingress", "Egress"), serving.getPolicyTypes());
        assertTrue(selects(serving.getPodSelector(), deployment().getSpec().getTemplate()));
        assertFalse(selects(serving.getPodSelector(), job().getSpec().getTemplate()));
        assertEquals(List.of("8080 ingress-nginx", "9000 monitoring"), in(serving.getIngress()));
        assertEquals(
                List.of(
                        "53/UDP,53/TCP kube-system", // names
                        "5432 anywhere", // PostgreSQL
                        "587 anywhere", // mail
                        "443 anywhere", // sinks of checkpoints
                        "4317 monitoring"), // telemetry
                out(serving.getEgress()));

        var migrating = the(NetworkPolicy.class, "townsquare-migrate").getSpec();
        assertTrue(selects(migrating.getPodSelector(), job().getSpec().getTemplate()));
        assertFalse(selects(migrating.getPodSelector(), deployment().getSpec().getTemplate()));
        assertEquals(List.of("Ingress", "Egress"), migrating.getPolicyTypes());
        assertEquals(List.of(), migrating.getIngress());
        assertEquals(List.of("53/UDP,53/TCP kube-system", "5432 anywhere"), out(migrating.getEgress()));
        assertEquals(
                3,
                production.values().stream()
                        .filter(it -> it instanceof NetworkPolicy)
                        .count());
    }

    @Test
    void the_release_migrates_as_the_owner_whose_credentials_no_replica_has() {
        Container migrating = container(job().getSpec().getTemplate());
        Container serving = container(deployment().getSpec().getTemplate());
        assertEquals(List.of("migrate"), migrating.getArgs());
        assertEquals(List.of(), serving.getArgs());
        assertEquals(serving.getImage(), migrating.getImage());
        assertEquals("Never", job().getSpec().getTemplate().getSpec().getRestartPolicy());
        assertEquals(List.of("townsquare-owner"), secrets(migrating));
        assertEquals(List.of("townsquare"), secrets(serving));
        assertFalse(production.keySet().stream().anyMatch(it -> it.startsWith("Secret")), "a secret in the sources");
    }

    @Test
    void images_are_named_by_their_digest() {
        for (PodSpec pod : pods()) {
            String image = pod.getContainers().get(0).getImage();
            assertTrue(image.matches("[a-z0-9.-]+(/[a-z0-9-]+)+@sha256:[0-9a-f]{64}"), image);
        }
    }

    @Test
    void the_settings_of_production_are_all_there_and_safe() {
        var configured = production.values().stream()
                .filter(it -> it instanceof ConfigMap)
                .map(it -> (ConfigMap) it)
                .toList();
        assertEquals(1, configured.size());
        Map<String, String> settings = configured.get(0).getData();
        for (String needed : List.of("TOWNSQUARE_AUDIT_ORIGIN", "TOWNSQUARE_AUDIT_SINKS", "QUARKUS_MAILER_HOST"))
            assertTrue(settings.containsKey(needed), needed);
        assertTrue(settings.get("TOWNSQUARE_PUBLIC_URL").startsWith("https://"));
        assertEquals("verify-full", settings.get("QUARKUS_DATASOURCE_REACTIVE_POSTGRESQL_SSL_MODE"));
        assertEquals("HTTPS", settings.get("QUARKUS_DATASOURCE_REACTIVE_HOSTNAME_VERIFICATION_ALGORITHM"));
        assertEquals("true", settings.get("QUARKUS_DATASOURCE_REACTIVE_TRUST_CERTIFICATE_PEM"));
        String authority = settings.get("QUARKUS_DATASOURCE_REACTIVE_TRUST_CERTIFICATE_PEM_CERTS");
        assertEquals("/etc/townsquare", Path.of(authority).getParent().toString());
        String jdbc = settings.get("QUARKUS_DATASOURCE_JDBC_URL");
        assertTrue(jdbc.contains("sslmode=verify-full") && jdbc.contains("sslrootcert=" + authority), jdbc);
        for (String secret : List.of("PEPPER", "SIGNING_KEY", "PASSWORD"))
            assertTrue(settings.keySet().stream().noneMatch(it -> it.contains(secret)), secret);
        // a changed setting is a new ConfigMap, so that replicas roll
        String name = configured.get(0).getMetadata().getName();
        assertTrue(name.matches("townsquare-[a-z0-9]{10}"), name);
        for (PodSpec pod : pods())
            assertEquals(
                    List.of(name),
                    pod.getContainers().get(0).getEnvFrom().stream()
                            .filter(it -> it.getConfigMapRef() != null)
                            .map(it -> it.getConfigMapRef().getName())
                            .toList());
    }

    private static void assertResources(String cpu, String memory, String most, PodSpec pod) {
        var resources = pod.getContainers().get(0).getResources();
        assertEquals(Map.of("cpu", new Quantity(cpu), "memory", new Quantity(memory)), resources.getRequests());
        assertEquals(Map.of("memory", new Quantity(most)), resources.getLimits());
    }

    private static void assertProbe(String path, int seconds, int failures, Probe probe) {
        assertEquals(path, probe.getHttpGet().getPath());
        assertEquals("management", probe.getHttpGet().getPort().getStrVal());
        assertEquals(seconds, probe.getPeriodSeconds());
        assertEquals(failures, probe.getFailureThreshold());
    }

    private static List<String> in(List<NetworkPolicyIngressRule> rules) {
        return rules.stream()
                .map(it -> ports(it.getPorts()) + " " + peers(it.getFrom()))
                .toList();
    }

    private static List<String> out(List<NetworkPolicyEgressRule> rules) {
        return rules.stream()
                .map(it -> ports(it.getPorts()) + " " + peers(it.getTo()))
                .toList();
    }

    private static String ports(List<NetworkPolicyPort> ports) {
        return String.join(
                ",",
                ports.stream()
                        .map(it -> it.getPort().getIntVal() + (it.getProtocol() == null ? "" : "/" + it.getProtocol()))
                        .toList());
    }

    private static String peers(List<NetworkPolicyPeer> peers) {
        if (peers.isEmpty()) return "anywhere";
        assertEquals(1, peers.size());
        NetworkPolicyPeer peer = peers.get(0);
        assertNull(peer.getIpBlock());
        return peer.getNamespaceSelector().getMatchLabels().get("kubernetes.io/metadata.name");
    }

    private static boolean selects(LabelSelector selector, PodTemplateSpec pods) {
        assertFalse(selector.getMatchLabels().isEmpty());
        return pods.getMetadata()
                .getLabels()
                .entrySet()
                .containsAll(selector.getMatchLabels().entrySet());
    }

    private static List<String> secrets(Container container) {
        return container.getEnvFrom().stream()
                .filter(it -> it.getSecretRef() != null)
                .map(it -> it.getSecretRef().getName())
                .toList();
    }

    private static Deployment deployment() {
        return the(Deployment.class, "townsquare");
    }

    private static Job job() {
        return the(Job.class, "townsquare-migrate");
    }

    private static List<PodSpec> pods() {
        return List.of(
                deployment().getSpec().getTemplate().getSpec(),
                job().getSpec().getTemplate().getSpec());
    }

    private static Container container(PodTemplateSpec pods) {
        return pods.getSpec().getContainers().get(0);
    }

    private static <T extends HasMetadata> T the(Class<T> type, String name) {
        return type.cast(production.get(type.getSimpleName() + " " + name));
    }

    private static Map<String, HasMetadata> rendered(Path overlay) throws IOException, InterruptedException {
        if (Stream.of(System.getenv("PATH").split(":", -1))
                .noneMatch(it -> Files.isExecutable(Path.of(it, "kubectl")))) {
            if (System.getProperty("townsquare.kubectl", "").equals("required")) Assertions.fail("no kubectl");
            Assumptions.abort("skipped: no kubectl to render the manifests");
        }
        Path out = Files.createTempFile(folder, "rendered", ".yaml");
        Path err = Files.createTempFile(folder, "rendered", ".err");
        Process kubectl = new ProcessBuilder("kubectl", "kustomize", overlay.toString())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        assertTrue(kubectl.waitFor(60, TimeUnit.SECONDS));
        assertEquals("", Files.readString(err));
        assertEquals(0, kubectl.exitValue());
        return objects(out);
    }

    /** By kind and name. A key that Kubernetes does not know, such as a misspelt one, is refused. */
    private static Map<String, HasMetadata> objects(Path yaml) throws IOException {
        var strict = YAMLMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .annotationIntrospector(new JacksonAnnotationIntrospector() {
                    @Override
                    public Boolean hasAnySetter(Annotated member) {
                        return false;
                    }
                })
                .build();
        var objects = new HashMap<String, HasMetadata>();
        try (var documents = strict.readerFor(JsonNode.class).<JsonNode>readValues(yaml.toFile())) {
            while (documents.hasNext()) {
                JsonNode document = documents.next();
                String kind = document.get("kind").asText();
                assertTrue(KINDS.containsKey(kind), "unexpected: " + kind);
                HasMetadata object = strict.treeToValue(document, KINDS.get(kind));
                assertEquals(
                        HasMetadata.getApiVersion(KINDS.get(kind)),
                        document.get("apiVersion").asText());
                assertNull(objects.put(kind + " " + object.getMetadata().getName(), object), "twice: " + kind);
            }
        }
        return objects;
    }

    private static Path copy(Path from, Path to) throws IOException {
        var files = new ArrayList<Path>();
        try (var found = Files.walk(from)) {
            found.forEach(files::add);
        }
        for (Path file : files)
            Files.copy(file, to.resolve(from.relativize(file).toString()));
        return to;
    }
}
