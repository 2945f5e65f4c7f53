package app.bookings.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** quality.md, "Operations": the manifests are what the build generates, completed, and valid. */
class ManifestsIT {

  private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

  private static final Path MANIFESTS = Path.of("src/main/kubernetes");

  private static List<HasMetadata> read(String yaml) {
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

  /** As {@code kubectl kustomize} renders them, where that is on the PATH. */
  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/production"})
  void whatIsAppliedIsConfined(String folder) throws IOException, InterruptedException {
    List<HasMetadata> rendered = read(render(MANIFESTS.resolve(folder)));
    rendered.forEach(
        document -> assertThat(unknown(document, document.getKind())).as(folder).isEmpty());
    assertThat(rendered.stream().map(HasMetadata::getKind))
        .contains(
            "Deployment",
            "Service",
            "Job",
            "ConfigMap",
            "PodDisruptionBudget",
            "HorizontalPodAutoscaler",
            "NetworkPolicy",
            "ServiceAccount");
    for (HasMetadata document : rendered) {
      if (document instanceof Deployment deployment) {
        PodSpec pod = deployment.getSpec().getTemplate().getSpec();
        confined(pod);
        Container service = pod.getContainers().get(0);
        assertThat(service.getReadinessProbe()).isNotNull();
        assertThat(service.getLivenessProbe()).isNotNull();
        assertThat(service.getStartupProbe()).isNotNull();
        assertThat(service.getResources().getLimits()).containsKey("memory");
        assertThat(service.getEnvFrom()).hasSize(2);
        assertThat(pod.getTerminationGracePeriodSeconds()).isGreaterThan(26);
      } else if (document instanceof Job job) {
        confined(job.getSpec().getTemplate().getSpec());
      }
    }
  }

  private static void confined(PodSpec pod) {
    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    List<Container> containers = new ArrayList<>(pod.getContainers());
    containers.addAll(pod.getInitContainers());
    for (Container container : containers) {
      assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
      assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
      assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
    }
  }

  private static String render(Path folder) throws IOException, InterruptedException {
    Process process;
    try {
      process = new ProcessBuilder("kubectl", "kustomize", folder.toString()).start();
    } catch (IOException notThere) {
      assumeTrue(false, "kubectl is not on the PATH");
      throw notThere;
    }
    String rendered = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue())
        .as(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
        .isZero();
    return rendered;
  }
}
