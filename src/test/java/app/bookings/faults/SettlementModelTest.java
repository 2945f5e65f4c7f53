package app.bookings.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The model beside the reliability page, checked to the end where {@code spin} is on the PATH: in
 * every final state money taken is money owed. Without the fence it is not, and the way there is
 * told.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public class SettlementModelTest {

  private static final Path MODEL = Path.of("src/docs/spec/settlement.pml");
  private static final long PATIENCE_SECONDS = 100;

  /** More than the longest run of the model; a run that is longer is cut off, and says so. */
  private static final String DEPTH = "-m10000";

  private Path folder;

  @BeforeEach
  void prepare() throws IOException {
    assumeTrue(onThePath("spin"), "spin is not on the PATH");
    assumeTrue(onThePath("gcc"), "gcc, which spin needs, is not on the PATH");
    Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
    folder = Files.createTempDirectory(target, "spin");
    Files.copy(MODEL, folder.resolve(MODEL.getFileName()));
  }

  @Test
  void moneyTakenIsMoneyOwedInEveryFinalState() throws IOException, InterruptedException {
    String report = search();
    assertThat(report)
        .contains("errors: 0", "Full statespace search", "invalid end states\t+")
        .doesNotContain("max search depth too small", "out of memory", "Search not completed");
    // Nothing of the model is idle: each of its lines was reached.
    assertThat(report.lines().filter(line -> line.matches("\\s+\\(\\d+ of \\d+ states\\)")))
        .hasSize(3)
        .allMatch(line -> line.strip().startsWith("(0 of"));
  }

  @Test
  void withoutTheFenceMoneyIsKeptForACancelledBooking() throws IOException, InterruptedException {
    String[] withoutFence = {"-DNO_FENCE", "-DFAULTS=1"};
    assertThat(search(withoutFence)).contains("assertion violated", "errors: 1");
    List<String> replay = new ArrayList<>(List.of("spin", "-T", "-t"));
    replay.addAll(List.of(withoutFence));
    replay.add(MODEL.getFileName().toString());
    assertThat(run(replay).lines())
        .containsSubsequence(
            "B claims: the lease has ended",
            "B: PUT waits",
            "A: its commit is answered, after its lease has ended",
            "A: PUT -> NO_MONEY",
            "A notes NO_MONEY: settlement REFUSED, booking CANCELLED",
            "topped up",
            "B: PUT, under way till now -> MOVED",
            "the end: settlement REFUSED, booking CANCELLED, money TAKEN");
  }

  /** What the exhaustive search reports. */
  private String search(String... macros) throws IOException, InterruptedException {
    List<String> generate = new ArrayList<>(List.of("spin", "-a"));
    generate.addAll(List.of(macros));
    generate.add(MODEL.getFileName().toString());
    run(generate);
    run(List.of("gcc", "-O2", "-w", "-DSAFETY", "-DCOLLAPSE", "-o", "pan", "pan.c"));
    return run(List.of(folder.resolve("pan").toString(), DEPTH));
  }

  private String run(List<String> command) throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, "out", ".txt");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
          .as("%s ends", command)
          .isTrue();
    } finally {
      process.destroyForcibly();
    }
    return Files.readString(output);
  }

  private static boolean onThePath(String tool) {
    String path = System.getenv("PATH");
    return path != null
        && Stream.of(path.split(File.pathSeparator, -1))
            .anyMatch(entry -> Files.isExecutable(Path.of(entry, tool)));
  }
}
