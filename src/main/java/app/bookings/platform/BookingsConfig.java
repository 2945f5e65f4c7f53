package app.bookings.platform;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The service's own settings (configuration.md, "Settings"); durations as ISO 8601, such as PT15M.
 */
@ConfigMapping(prefix = "bookings")
public interface BookingsConfig {

  /** How long an unsettled booking keeps its place. */
  @WithDefault("PT15M")
  Duration holdDuration();

  /** Attendees are billed so long after the end of a session of which no event came. */
  @WithDefault("PT10M")
  Duration billingGrace();

  /** How often unfinished work is looked for. */
  @WithDefault("PT2S")
  Duration recoveryInterval();

  /** One call to a neighbour. */
  @WithDefault("PT2S")
  Duration upstreamTimeout();

  /** All calls of one client request; what is unfinished then goes on without the client. */
  @WithDefault("PT5S")
  Duration requestDeadline();

  /** How long whoever writes an intent, or claims one, has to carry it out before others may. */
  @WithDefault("PT10S")
  Duration settlementLease();

  /** After so many tries a settlement counts as stuck, which metrics and logs show. */
  @WithDefault("10")
  int settlementTries();

  /** The first signs booking tokens, all verify them; at least 32 bytes each. */
  List<String> tokenSecret();

  /** Creates per minute and client address, and per minute, company and contact. */
  @WithDefault("10")
  int guestRatePerMinute();

  /** CIDRs of proxies whose X-Forwarded-For is believed; none when empty. */
  Optional<List<String>> trustedProxies();

  /** URLs that get outbound events. */
  Optional<List<String>> eventSinks();

  /** Sign outbound events as in the Standard Webhooks specification; needed with sinks. */
  Optional<List<String>> eventSecret();

  /** Pairs of a sink's host and the secret that signs for it instead. */
  Optional<List<String>> eventSinkSecrets();

  /** How long events are kept once every sink has them. */
  @WithDefault("P7D")
  Duration outboxRetention();

  /**
   * Inbound events are signed with one of these as in the Standard Webhooks specification; unsigned
   * ones pass when empty.
   */
  Optional<List<String>> inboundEventSecret();

  /** Pairs of a token's subject and a source that it may send events for; any when empty. */
  Optional<List<String>> eventSenders();

  /** Sent to the neighbours as bearer token when set. */
  Optional<String> serviceToken();

  /** Hosts that a result URL may name; any public one when empty. */
  Optional<List<String>> resultUrlHosts();

  /** Whether a result URL may be http. */
  @WithDefault("false")
  boolean resultUrlHttp();
}
