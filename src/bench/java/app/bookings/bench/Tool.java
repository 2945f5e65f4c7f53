package app.bookings.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs wrk or pgbench and reads what it measured. */
final class Tool {

  private static final Pattern RESULT =
      Pattern.compile(
          "RESULT ok=(\\d+) refused=(\\d+) other=(\\d+) seconds=([\\d.]+) p50=([\\d.]+) p99=([\\d.]+)");
  private static final Pattern TPS = Pattern.compile("tps = ([\\d.]+)");

  private Tool() {}

  /**
   * What wrk saw.
   *
   * @param p50 milliseconds, as is p99
   */
  record Measured(long ok, long refused, long other, double seconds, double p50, double p99) {
    double okPerSecond() {
      return ok / seconds;
    }

    double refusedPerSecond() {
      return refused / seconds;
    }
  }

  static Measured wrk(
      String url, int connections, String script, int seconds, Map<String, String> environment) {
    String output =
        run(
            List.of(
                "wrk",
                "-t" + Math.min(2, connections),
                "-c" + connections,
                "-d" + seconds + "s",
                "-s",
                "src/bench/" + script,
                url),
            environment);
    Matcher m = RESULT.matcher(output);
    if (!m.find()) {
      throw new IllegalStateException(output);
    }
    return new Measured(
        Long.parseLong(m.group(1)),
        Long.parseLong(m.group(2)),
        Long.parseLong(m.group(3)),
        Double.parseDouble(m.group(4)),
        Double.parseDouble(m.group(5)),
        Double.parseDouble(m.group(6)));
  }

  /**
   * Transactions per second of the script.
   *
   * @param protocol simple, as pgbench does unless told otherwise, or prepared
   */
  static double pgbench(Map<String, String> database, String protocol, int seconds) {
    String output =
        run(
            List.of(
                "pgbench",
                "-n",
                "-M",
                protocol,
                "-c",
                "16",
                "-j",
                "2",
                "-T",
                "" + seconds,
                "-f",
                "src/bench/naive.sql"),
            postgres(database));
    Matcher m = TPS.matcher(output);
    if (!m.find()) {
      throw new IllegalStateException(output);
    }
    return Double.parseDouble(m.group(1));
  }

  private static Map<String, String> postgres(Map<String, String> database) {
    return Map.of(
        "PGHOST", database.get("DB_HOST"),
        "PGPORT", database.get("DB_PORT"),
        "PGDATABASE", database.get("DB_NAME"),
        "PGUSER", database.get("DB_USER"),
        "PGPASSWORD", database.get("DB_PASSWORD"));
  }

  private static String run(List<String> command, Map<String, String> environment) {
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().putAll(environment);
      Process process = builder.start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(command + "\n" + output);
      }
      return output;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }
}
