package app.bookings.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * security.md, "Personal data": no token and nothing personal in any log, of the whole suite and of
 * every process that it started. Runs last.
 */
class LogsIT {

  private static final List<Pattern> NEVER =
      List.of(
          Pattern.compile("eyJ[\\w-]{8,}\\.[\\w-]{8,}"),
          Pattern.compile("Bearer [\\w-]{8,}"),
          Pattern.compile("[\\w.+-]+@[\\w-]+\\.[a-z]{2,}"),
          Pattern.compile("\\+49 170"),
          Pattern.compile("Lovelace"),
          Pattern.compile("0123456789abcdef0123456789abcdef"));

  @Test
  void logsHoldNeitherTokensNorPersonalData() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path log : logs()) {
      try (Stream<String> lines = Files.lines(log, java.nio.charset.StandardCharsets.ISO_8859_1)) {
        lines.forEach(line -> look(log, line, found));
      }
    }
    assertThat(found).isEmpty();
  }

  private static List<Path> logs() throws IOException {
    List<Path> logs = new ArrayList<>();
    Path suite = Path.of("target", "test-suite.log");
    if (Files.exists(suite)) {
      logs.add(suite);
    }
    Path processes = Path.of("target", "processes");
    if (Files.exists(processes)) {
      try (Stream<Path> files = Files.list(processes)) {
        logs.addAll(files.toList());
      }
    }
    return logs;
  }

  private static void look(Path log, String line, List<String> found) {
    for (Pattern pattern : NEVER) {
      Matcher matcher = pattern.matcher(line);
      if (matcher.find()) {
        found.add(log.getFileName() + ": " + line.substring(0, Math.min(300, line.length())));
      }
    }
  }

  /** Negative control: the patterns find what they are for. */
  @Test
  void thePatternsFindWhatTheyAreFor() {
    for (String leak :
        List.of(
            "token eyJraWQiOiJz.eyJzdWIiOiI1.sig",
            "Bearer abcdefgh",
            "to guest-1@example.com",
            "call +49 170 0000000",
            "Ada Lovelace",
            "0123456789abcdef0123456789abcdef")) {
      List<String> found = new ArrayList<>();
      look(Path.of("x"), leak, found);
      assertThat(found).as(leak).isNotEmpty();
    }
  }
}
