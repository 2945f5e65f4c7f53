package app.bookings.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Manifests as {@code kubectl kustomize} makes them, where a kubectl that can is on the PATH. */
record Rendered(List<HasMetadata> all) {

  /** The first that knows components. */
  private static final int MINOR = 21;

  static Rendered of(Path folder) throws IOException {
    assumeTrue(able(), "kubectl 1.21 or newer is not on the PATH");
    return new Rendered(ManifestsIT.read(run("kubectl", "kustomize", folder.toString())));
  }

  private static boolean able() throws IOException {
    String version;
    try {
      version = run("kubectl", "version", "--client", "-o", "json");
    } catch (IOException notThere) {
      return false;
    }
    Matcher minor = Pattern.compile("\"gitVersion\": \"v1\\.(\\d+)\\.").matcher(version);
    return minor.find() && Integer.parseInt(minor.group(1)) >= MINOR;
  }

  private static String run(String... command) throws IOException {
    Path output = Files.createTempFile(Path.of("target").toAbsolutePath(), "kubectl", ".out");
    Path errors = Files.createTempFile(Path.of("target").toAbsolutePath(), "kubectl", ".err");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
    return Files.readString(output);
  }

  <T extends HasMetadata> List<T> all(Class<T> kind) {
    return all.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  <T extends HasMetadata> T the(Class<T> kind) {
    assertThat(all(kind)).hasSize(1);
    return all(kind).get(0);
  }

  GenericKubernetesResource generic(String kind) {
    return all(GenericKubernetesResource.class).stream()
        .filter(document -> document.getKind().equals(kind))
        .findFirst()
        .orElseThrow();
  }

  List<PodSpec> pods() {
    return Stream.concat(
            all(Deployment.class).stream().map(d -> d.getSpec().getTemplate().getSpec()),
            all(Job.class).stream().map(j -> j.getSpec().getTemplate().getSpec()))
        .toList();
  }

  /** What is configured by the environment and is no secret. */
  Map<String, String> settings() {
    return the(ConfigMap.class).getData();
  }
}
