package app.bookings.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * operating.md, "Images and Kubernetes": the manifests are what the build generates, completed, and
 * valid.
 */
class ManifestsIT {

  private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

  private static final Path MANIFESTS = Path.of("src/main/kubernetes");
  private static final int MANAGEMENT = 9000;

  static List<HasMetadata> read(String yaml) {
    return Stream.of(yaml.split("(?m)^---$", -1))
        .filter(document -> !document.isBlank())
        .map(document -> (HasMetadata) SERIALIZATION.unmarshal(document))
        .toList();
  }

  /** Whatever the model of its kind does not know; a typo in a name is found here. */
  private static List<String> unknown(Object value, String path) {
    List<String> found = new ArrayList<>();
    if (value instanceof Collection<?> many) {
      many.forEach(one -> found.addAll(unknown(one, path + "[]")));
    } else if (value instanceof Map<?, ?> map) {
      map.forEach((key, one) -> found.addAll(unknown(one, path + "." + key)));
    } else if (value != null && value.getClass().getName().startsWith("io.fabric8")) {
      for (Class<?> type = value.getClass(); type != Object.class; type = type.getSuperclass()) {
        for (Field field : type.getDeclaredFields()) {
          if (!Modifier.isStatic(field.getModifiers())) {
            found.addAll(inside(value, field, path));
          }
        }
      }
    }
    return found;
  }

  private static List<String> inside(Object value, Field field, String path) {
    try {
      field.setAccessible(true);
      Object inner = field.get(value);
      if (field.getName().equals("additionalProperties")) {
        return ((Map<?, ?>) inner).keySet().stream().map(key -> path + "." + key).toList();
      }
      return unknown(inner, path + "." + field.getName());
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Line by line, in any order: the build gives the sources of the environment in no fixed one. */
  @Test
  void whatTheBuildGeneratesIsKept() throws IOException {
    Path generated = Path.of(System.getProperty("build.directory"), "kubernetes", "kubernetes.yml");
    assertThat(Files.readAllLines(MANIFESTS.resolve("base/generated.yaml")))
        .as("after a wanted change: cp target/kubernetes/kubernetes.yml there")
        .containsExactlyInAnyOrderElementsOf(Files.readAllLines(generated));
  }

  @Test
  void everyDocumentIsOfItsKind() throws IOException {
    try (Stream<Path> files = Files.walk(MANIFESTS)) {
      List<Path> documents =
          files
              .filter(file -> file.toString().endsWith(".yaml"))
              .filter(file -> !file.endsWith("kustomization.yaml"))
              .filter(file -> !file.toString().contains("observability"))
              .toList();
      assertThat(documents).hasSizeGreaterThan(8);
      for (Path file : documents) {
        for (HasMetadata document : read(Files.readString(file))) {
          assertThat(document.getMetadata().getName()).as("%s", file).isNotBlank();
          assertThat(unknown(document, document.getKind())).as("%s", file).isEmpty();
        }
      }
    }
  }

  @Test
  void aTypoIsNoticed() {
    List<HasMetadata> documents =
        read("apiVersion: v1\nkind: Service\nmetadata: {name: x}\nspec: {portz: []}\n");
    assertThat(unknown(documents.get(0), "Service")).containsExactly("Service.spec.portz");
  }

  /** As they are applied, where {@code kubectl} is on the PATH. */
  @ParameterizedTest
  @ValueSource(
      strings = {"base", "overlays/production", "migration", "overlays/production/migration"})
  void whatIsAppliedIsKnownConfinedAndOurs(String folder) throws IOException {
    Rendered rendered = Rendered.of(MANIFESTS.resolve(folder));
    for (HasMetadata document : rendered.all()) {
      assertThat(unknown(document, document.getKind())).as(folder).isEmpty();
      if (!(document instanceof Namespace)) {
        assertThat(document.getMetadata().getNamespace()).isEqualTo("bookings");
      }
    }
    for (PodSpec pod : rendered.pods()) {
      confined(pod);
      // No image but our own has to be pulled, trusted and mended before a replica can start.
      assertThat(pod.getInitContainers()).isEmpty();
      assertThat(pod.getContainers())
          .allMatch(
              container -> container.getImage().matches("(registry.example/)?bookings:1.0.0"));
    }
  }

  private static void confined(PodSpec pod) {
    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    for (Container container : pod.getContainers()) {
      assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
      assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
      assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
      assertThat(container.getResources().getLimits()).containsKey("memory");
      assertThat(container.getEnvFrom()).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/production"})
  void replicas(String folder) throws IOException {
    Rendered rendered = Rendered.of(MANIFESTS.resolve(folder));
    Deployment deployment = rendered.the(Deployment.class);
    assertThat(deployment.getSpec().getReplicas()).as("the autoscaler's to say").isNull();
    PodSpec pod = deployment.getSpec().getTemplate().getSpec();
    assertThat(pod.getTerminationGracePeriodSeconds()).isGreaterThan(26);
    assertThat(pod.getTopologySpreadConstraints())
        .extracting(TopologySpreadConstraint::getTopologyKey)
        .contains("topology.kubernetes.io/zone", "kubernetes.io/hostname");
    Container service = pod.getContainers().get(0);
    for (Probe probe :
        List.of(
            service.getStartupProbe(), service.getReadinessProbe(), service.getLivenessProbe())) {
      assertThat(probe.getHttpGet().getPort().getIntVal()).isEqualTo(MANAGEMENT);
    }
    assertThat(rendered.the(ServiceAccount.class).getAutomountServiceAccountToken()).isFalse();
    assertThat(rendered.the(PodDisruptionBudget.class).getSpec().getMaxUnavailable().getIntVal())
        .isEqualTo(1);
  }

  /** All replicas there can be, one more while rolling out, the migration and administrators. */
  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/production"})
  void allReplicasFitIntoTheConnectionsOfAPostgresAsItComes(String folder) throws IOException {
    Rendered rendered = Rendered.of(MANIFESTS.resolve(folder));
    int most = rendered.the(HorizontalPodAutoscaler.class).getSpec().getMaxReplicas();
    int surge =
        rendered
            .the(Deployment.class)
            .getSpec()
            .getStrategy()
            .getRollingUpdate()
            .getMaxSurge()
            .getIntVal();
    int pool = Integer.parseInt(rendered.settings().get("QUARKUS_DATASOURCE_REACTIVE_MAX_SIZE"));
    assertThat((most + surge) * pool + 2 + 3).isLessThanOrEqualTo(100);
  }

  @Test
  void whoMayComeIn() throws IOException {
    Rendered rendered = Rendered.of(MANIFESTS.resolve("base"));
    NetworkPolicy policy = rendered.the(NetworkPolicy.class);
    assertThat(policy.getSpec().getPolicyTypes()).containsExactly("Ingress");
    var rules = policy.getSpec().getIngress();
    assertThat(rules).hasSize(2);
    assertThat(rules.get(0).getPorts())
        .extracting(p -> p.getPort().getIntVal())
        .containsExactly(8080);
    Map<String, String> client = rules.get(0).getFrom().get(0).getPodSelector().getMatchLabels();
    client.forEach(
        (name, value) ->
            assertThat(operating()).as("who is let in").contains(name + ": \"" + value + "\""));
    assertThat(rules.get(1).getPorts())
        .extracting(p -> p.getPort().getIntVal())
        .containsExactly(MANAGEMENT);
    assertThat(rules.get(1).getFrom().get(0).getNamespaceSelector().getMatchLabels())
        .containsValue("monitoring");
  }

  /** Where what goes out is limited, nothing that the settings name is cut off. */
  @Test
  void whatGoesOut() throws IOException {
    Rendered rendered = Rendered.of(with("components:", "  - ../../components/egress"));
    NetworkPolicy egress =
        rendered.all(NetworkPolicy.class).stream()
            .filter(policy -> policy.getSpec().getPolicyTypes().contains("Egress"))
            .findFirst()
            .orElseThrow();
    List<Integer> open =
        egress.getSpec().getEgress().stream()
            .flatMap(rule -> rule.getPorts().stream())
            .map(port -> port.getPort().getIntVal())
            .toList();
    List<Integer> named = new ArrayList<>(List.of(53, 6432));
    rendered
        .settings()
        .forEach(
            (name, value) -> {
              if (name.equals("DB_PORT")) {
                named.add(Integer.valueOf(value));
              } else if (value.contains("://")) {
                URI url = URI.create(value);
                named.add(
                    url.getPort() > 0 ? url.getPort() : url.getScheme().equals("http") ? 80 : 443);
              }
            });
    assertThat(named).hasSizeGreaterThan(8);
    assertThat(open).containsAll(named);
  }

  /** A version is rolled out by two steps that wait for nothing but each other's result. */
  @Test
  void migratingIsAStepOfItsOwn() throws IOException {
    Job job = Rendered.of(MANIFESTS.resolve("overlays/production/migration")).the(Job.class);
    Container container = job.getSpec().getTemplate().getSpec().getContainers().get(0);
    assertThat(container.getArgs()).containsExactly("migrate");
    assertThat(container.getEnvFrom().get(1).getSecretRef().getName())
        .as("a user of its own")
        .isEqualTo("bookings-migration");
    Rendered service = Rendered.of(MANIFESTS.resolve("overlays/production"));
    assertThat(service.all(Job.class)).isEmpty();
    assertThat(service.settings()).containsEntry("DB_MIGRATE_AT_START", "false");
    assertThat(container.getImage())
        .isEqualTo(service.pods().get(0).getContainers().get(0).getImage());
    assertThat(service.all()).noneMatch(document -> document.getKind().startsWith("Role"));
  }

  /** A changed setting or secret has another name, and so makes new replicas. */
  @Test
  void aChangeOfSettingsOrSecretsRollsOut() throws IOException {
    Path changed = with("components:", "  - secret");
    Path secret = Files.writeString(changed.resolve("secret/bookings.env"), "DB_USER=one\n");
    List<String> before = configuredBy(changed);
    Path settings = changed.resolve("settings/bookings.env");
    Files.writeString(settings, Files.readString(settings) + "BOOKINGS_HOLD_DURATION=PT10M\n");
    List<String> other = configuredBy(changed);
    assertThat(other.get(0)).isNotEqualTo(before.get(0));
    assertThat(other.get(1)).isEqualTo(before.get(1));
    Files.writeString(secret, "DB_USER=another\n");
    assertThat(configuredBy(changed).get(1)).isNotEqualTo(before.get(1));
  }

  /** The names that the deployment refers to, which are those of what is made. */
  private static List<String> configuredBy(Path overlay) throws IOException {
    Rendered rendered = Rendered.of(overlay);
    Container service = rendered.pods().get(0).getContainers().get(0);
    String settings = service.getEnvFrom().get(0).getConfigMapRef().getName();
    String secret = service.getEnvFrom().get(1).getSecretRef().getName();
    assertThat(rendered.the(ConfigMap.class).getMetadata().getName()).isEqualTo(settings);
    assertThat(rendered.the(Secret.class).getMetadata().getName()).isEqualTo(secret);
    return List.of(settings, secret);
  }

  @Test
  void monitoringFindsItsWayIn() throws IOException {
    Rendered rendered = Rendered.of(with("components:", "  - ../../observability"));
    Service service = rendered.the(Service.class);
    GenericKubernetesResource monitor = rendered.generic("ServiceMonitor");
    assertThat(monitor.<Map<String, String>>get("spec", "selector", "matchLabels"))
        .isNotEmpty()
        .allSatisfy(
            (name, value) ->
                assertThat(service.getMetadata().getLabels()).containsEntry(name, value));
    String port = monitor.get("spec", "endpoints", 0, "port");
    assertThat(service.getSpec().getPorts())
        .filteredOn(each -> each.getName().equals(port))
        .extracting(each -> each.getTargetPort().getIntVal())
        .containsExactly(MANAGEMENT);
    assertThat(monitor.<String>get("spec", "endpoints", 0, "path")).isEqualTo("/q/metrics");
    GenericKubernetesResource rules = rendered.generic("PrometheusRule");
    assertThat(rules.<String>get("spec", "groups", 0, "name")).isEqualTo("bookings");
    assertThat(SERIALIZATION.asYaml(rules)).contains("absent(up{job=");
    assertThat(rendered.all(ConfigMap.class))
        .anyMatch(map -> map.getData().containsKey("dashboard.json"));
  }

  /** The production overlay with a line more, in a copy. */
  private static Path with(String below, String line) throws IOException {
    Path copy = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "manifests");
    try (Stream<Path> files = Files.walk(MANIFESTS)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = copy.resolve(MANIFESTS.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
    Path overlay = copy.resolve("overlays/production");
    Path list = overlay.resolve("kustomization.yaml");
    Files.writeString(list, Files.readString(list).replace(below, below + "\n" + line));
    return overlay;
  }

  private static String operating() {
    try {
      return Files.readString(Path.of("src/docs/operating.md"));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Each command that operating.md gives says where, or takes it from what it applies. */
  @Test
  void commandsNameTheNamespace() {
    List<String> commands =
        operating().lines().map(String::strip).filter(l -> l.startsWith("kubectl ")).toList();
    assertThat(commands).hasSizeGreaterThan(4);
    assertThat(commands)
        .allMatch(command -> command.matches(".*( -n bookings | -k |namespace\\.yaml).*"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Dockerfile.jvm", "Dockerfile.native"})
  void imagesSayWhatTheyAre(String file) throws IOException {
    assertThat(Files.readString(Path.of(file)))
        .contains(
            "org.opencontainers.image.title=",
            "org.opencontainers.image.version=",
            "org.opencontainers.image.revision=",
            "org.opencontainers.image.created=",
            "EXPOSE 8080 9000",
            "USER 1001:1001");
  }

  /** What is built today is built tomorrow: at least the minor version is named. */
  @Test
  void imagesArePinned() throws IOException {
    assertThat(Files.readAllLines(Path.of("Dockerfile.jvm")))
        .filteredOn(line -> line.startsWith("FROM "))
        .hasSize(3)
        .allMatch(line -> line.matches("FROM \\S+(:\\d+\\.\\d+\\S*|@sha256:\\w{64})( AS \\w+)?"));
  }
}
