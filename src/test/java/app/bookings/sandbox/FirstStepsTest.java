package app.bookings.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.testsupport.Fast;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.event.ObservesAsync;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** What a newcomer meets first: `./mvnw quarkus:dev` in a terminal. */
@Fast
class FirstStepsTest {

  /** Counts what reaches the terminal. */
  private static final class Terminal extends OutputStream {
    private final ByteArrayOutputStream all = new ByteArrayOutputStream();
    private int writes;

    @Override
    public void write(int one) {
      all.write(one);
      writes++;
    }

    @Override
    public void write(byte[] some, int from, int length) {
      all.write(some, from, length);
      writes++;
    }
  }

  @Test
  void theWelcomeIsOnePieceAndItsCommandCanBePasted() {
    Terminal terminal = new Terminal();
    PrintStream out = new PrintStream(terminal, true, StandardCharsets.UTF_8);
    new SandboxMount(8080, 8081).say(out);
    assertThat(terminal.writes).isEqualTo(1);
    String said = terminal.all.toString(StandardCharsets.UTF_8);
    String command = said.substring(said.indexOf("curl -s -X POST"));
    assertThat(command.lines().filter(line -> !line.isBlank()))
        .hasSize(3)
        .satisfies(lines -> assertThat(lines.get(0)).endsWith("\\"))
        .satisfies(lines -> assertThat(lines.get(1)).endsWith("\\"))
        .satisfies(lines -> assertThat(lines.get(2)).endsWith("'{\"paymentMethod\":\"WALLET\"}'"));
  }

  /** Where the port is taken nobody is told to use it. */
  @Test
  void itComesOnceThePortIsOpen() {
    assertThat(SandboxMount.class.getDeclaredMethods())
        .filteredOn(method -> List.of(method.getParameterTypes()).contains(HttpServerStart.class))
        .singleElement()
        .satisfies(
            method ->
                assertThat(Arrays.stream(method.getParameterAnnotations()[0]))
                    .anyMatch(ObservesAsync.class::isInstance));
  }

  @Test
  void tokensLiveOverARestart() throws IOException {
    String publicKey = SandboxKeys.publicKey();
    assertThat(Files.readAllLines(Path.of("target", "sandbox", "keys")))
        .hasSize(2)
        .contains(publicKey);
  }

  /**
   * Nothing is asked, nothing fails at each start, and no key starts a suite on the demo's data.
   */
  @Test
  void devModeIsQuiet() throws IOException {
    assertThat(Files.readAllLines(Path.of(".mvn/jvm.config")))
        .contains("-Dquarkus.analytics.disabled=true");
    Properties settings = new Properties();
    try (var file = Files.newBufferedReader(Path.of("src/main/resources/application.properties"))) {
      settings.load(file);
    }
    assertThat(settings)
        .containsEntry("%dev.quarkus.hibernate-orm.validate-in-dev-mode", "false")
        .containsEntry("quarkus.test.continuous-testing", "disabled");
  }
}
