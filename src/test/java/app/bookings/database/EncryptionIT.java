package app.bookings.database;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.testsupport.Certificate;
import app.bookings.testsupport.Processes;
import app.bookings.testsupport.Scene;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * operating.md, "Users and encryption": a PostgreSQL that takes nothing but encrypted connections,
 * for the reactive pool and for Flyway alike: which mode connects, by the certificate's authority
 * and its host.
 */
class EncryptionIT {

  private static final Path CERTIFICATES = Path.of("target", "certificates").toAbsolutePath();
  private static final Certificate OURS = Certificate.of("localhost", CERTIFICATES);
  private static final Certificate ELSEWHERE = Certificate.of("elsewhere", CERTIFICATES);

  private static Processes local;
  private static Processes remote;
  private static Vertx vertx;

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
    local = new Processes(1);
    local.demandEncryption(OURS);
    remote = new Processes(1);
    remote.demandEncryption(ELSEWHERE);
  }

  @AfterAll
  static void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    local.close();
    remote.close();
  }

  /** Mode, whether the certificate is of the host, whether its authority is ours; connects. */
  static Stream<Arguments> cells() {
    List<Arguments> cells = new ArrayList<>();
    for (boolean host : List.of(true, false)) {
      for (boolean authority : List.of(true, false)) {
        cells.add(Arguments.of("disable", host, authority, false));
        cells.add(Arguments.of("require", host, authority, true));
        cells.add(Arguments.of("verify-ca", host, authority, authority));
        cells.add(Arguments.of("verify-full", host, authority, authority && host));
      }
    }
    return cells.stream();
  }

  @ParameterizedTest(name = "{0}, its host {1}, our authority {2}: {3}")
  @MethodSource("cells")
  void whoConnects(String mode, boolean host, boolean authority, boolean connects)
      throws Exception {
    Map<String, String> settings = new HashMap<>((host ? local : remote).database());
    settings.put("DB_SSL_MODE", mode);
    settings.put("DB_CA_FILE", (host == authority ? OURS : ELSEWHERE).certificate().toString());
    assertThat(reactive(settings)).as("reactive pool").isEqualTo(connects);
    assertThat(flyway(settings)).as("Flyway").isEqualTo(connects);
  }

  private static boolean reactive(Map<String, String> settings)
      throws InterruptedException, TimeoutException {
    PgConnectOptions options =
        new PgConnectOptions()
            .setHost(settings.get("DB_HOST"))
            .setPort(Integer.parseInt(settings.get("DB_PORT")))
            .setDatabase(settings.get("DB_NAME"))
            .setUser(settings.get("DB_USER"))
            .setPassword(settings.get("DB_PASSWORD"));
    Encryption.apply(
        new DatabaseConfig() {
          @Override
          public String sslMode() {
            return settings.get("DB_SSL_MODE");
          }

          @Override
          public Optional<String> caFile() {
            return Optional.of(settings.get("DB_CA_FILE"));
          }
        },
        options);
    try {
      PgConnection connection =
          PgConnection.connect(vertx, options)
              .toCompletionStage()
              .toCompletableFuture()
              .get(30, TimeUnit.SECONDS);
      assertThat(connection.isSSL()).isTrue();
      connection.close();
      return true;
    } catch (ExecutionException refused) {
      return false;
    }
  }

  /** With the URL that the service gives to Flyway. */
  private static boolean flyway(Map<String, String> settings) throws IOException {
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .withSources(
                new PropertiesConfigSource(
                    Path.of("src/main/resources/application.properties").toUri().toURL()),
                new PropertiesConfigSource(settings, "environment", 300))
            .build();
    try (Connection connection =
        DriverManager.getConnection(
            config.getValue("quarkus.flyway.jdbc-url", String.class),
            settings.get("DB_USER"),
            settings.get("DB_PASSWORD"))) {
      return connection.isValid(10);
    } catch (SQLException refused) {
      return false;
    }
  }

  /** The whole of it: migrates, gets ready, books. */
  @Test
  void theServiceRunsOnEncryptedConnectionsAlone() {
    local.settings().put("DB_SSL_MODE", "verify-full");
    local.settings().put("DB_CA_FILE", OURS.certificate().toString());
    local.start(0);
    Scene scene = new Scene(local.neighbours());
    Scene.Session session = scene.session();
    Scene.Customer customer = scene.customer();
    String id = local.bookings(0).create(customer, session, "WALLET").text("id");
    local.bookings(0).becomes(customer, id, "CONFIRMED/PAID");
  }
}
