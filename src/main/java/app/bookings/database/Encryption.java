package app.bookings.database;

import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Encryption between the service and PostgreSQL, for the reactive pool. Flyway's connections take
 * the same settings as they are, in their URL. Modes that fall back to no encryption are left out:
 * who listens on the way decides on them.
 */
public final class Encryption {

  private static final String MODE = "DB_SSL_MODE";
  private static final String CA_FILE = "DB_CA_FILE";
  private static final String NONE = "disable";
  private static final Set<String> VERIFYING = Set.of("verify-ca", "verify-full");

  private Encryption() {}

  /**
   * What is wrong with the settings, one line each, empty when nothing is.
   *
   * @param settings the environment; null for what is not set
   */
  public static List<String> mistakes(UnaryOperator<String> settings) {
    List<String> mistakes = new ArrayList<>();
    String mode = settings.apply(MODE);
    String file = settings.apply(CA_FILE);
    boolean named = file != null && !file.isBlank();
    if (mode != null
        && !mode.equals(NONE)
        && !mode.equals("require")
        && !VERIFYING.contains(mode)) {
      mistakes.add(MODE + ": must be disable, require, verify-ca or verify-full");
    } else if (mode != null && VERIFYING.contains(mode) && !named) {
      mistakes.add(CA_FILE + ": not set (" + MODE + " " + mode + " needs it)");
    }
    if (named && !Files.isReadable(Path.of(file))) {
      mistakes.add(CA_FILE + ": can't be read");
    }
    return mistakes;
  }

  static void apply(DatabaseConfig config, PgConnectOptions options) {
    SslMode mode = SslMode.of(config.sslMode());
    options.setSslMode(mode);
    if (VERIFYING.contains(config.sslMode())) {
      options.setTrustOptions(new PemTrustOptions().addCertPath(config.caFile().orElseThrow()));
      options.setHostnameVerificationAlgorithm(mode == SslMode.VERIFY_FULL ? "HTTPS" : "");
    } else {
      options.setTrustAll(true);
    }
  }
}
