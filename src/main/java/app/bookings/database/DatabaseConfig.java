package app.bookings.database;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/**
 * How connections to PostgreSQL are encrypted (operating.md, "Users and encryption";
 * configuration.md, "Settings").
 */
@ConfigMapping(prefix = "bookings.database")
interface DatabaseConfig {

  /** DB_SSL_MODE, by its name in libpq: disable, require, verify-ca, verify-full. */
  @WithDefault("disable")
  String sslMode();

  /** DB_CA_FILE: certificates in PEM that the server's must lead to. */
  Optional<String> caFile();
}
