package app.bookings.neighbours;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** Where the neighbours are and how they are called (configuration.md, "Settings"). */
@ConfigMapping(prefix = "bookings.neighbours")
interface NeighboursConfig {

  /** Base URLs by neighbour; contract paths are appended. */
  @WithParentName
  Map<Neighbour, Connection> neighbours();

  interface Connection {
    URI url();

    /** Calls of one neighbour under way at once, per replica; more wait in a queue. */
    @WithDefault("100")
    int concurrency();

    /** How long an open breaker lets nothing through. */
    @WithDefault("PT2S")
    Duration breakerDelay();
  }
}
