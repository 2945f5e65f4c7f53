package app.bookings.events.in;

import app.bookings.platform.BookingsConfig;
import app.bookings.platform.Clock;
import app.bookings.platform.Secrets;
import app.bookings.platform.WebhookSignature;
import app.bookings.problem.Problem;
import app.bookings.problem.ProblemType;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Signatures of inbound events: required where a secret is configured, and refused when older than
 * five minutes (security.md, "Signed events").
 */
@Startup
@ApplicationScoped
public class EventSignatures {

  static final Duration WINDOW = Duration.ofMinutes(5);

  private static final int LONGEST_ID = 255;

  private final Optional<WebhookSignature> signature;
  private final Clock clock;

  EventSignatures(BookingsConfig config, Clock clock) {
    this.signature =
        config
            .inboundEventSecret()
            .map(secrets -> Secrets.ofWebhooks("BOOKINGS_INBOUND_EVENT_SECRET", secrets))
            .map(WebhookSignature::new);
    this.clock = clock;
  }

  /**
   * Passes, or fails with {@code unauthorized}. What is signed is the body: an event whose
   * attributes are headers is refused with {@code unsupported-media-type}, and so is a batch, whose
   * events would share one id.
   *
   * @return the id of the message, where messages are signed
   */
  public Optional<String> check(HttpHeaders headers, String body) {
    if (signature.isEmpty()) {
      return Optional.empty();
    }
    if (!CloudEventReader.structured(headers)) {
      throw Problem.of(
          ProblemType.UNSUPPORTED_MEDIA_TYPE,
          "Signed events are structured: " + CloudEventReader.STRUCTURED + ".");
    }
    String id = headers.getHeaderString("webhook-id");
    String timestamp = headers.getHeaderString("webhook-timestamp");
    String signatures = headers.getHeaderString("webhook-signature");
    boolean genuine =
        id != null
            && id.length() <= LONGEST_ID
            && signatures != null
            && recent(timestamp)
            && signature.get().genuine(signatures, id, timestamp, body);
    if (!genuine) {
      throw Problem.of(
          ProblemType.UNAUTHORIZED, "The signature is missing, wrong, or older than five minutes.");
    }
    return Optional.of(id);
  }

  private boolean recent(String timestamp) {
    if (timestamp == null || !timestamp.matches("\\d{1,12}")) {
      return false;
    }
    Instant signed = Instant.ofEpochSecond(Long.parseLong(timestamp));
    return Duration.between(signed, clock.now()).abs().compareTo(WINDOW) <= 0;
  }
}
