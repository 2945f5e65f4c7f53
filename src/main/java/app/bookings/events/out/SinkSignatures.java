package app.bookings.events.out;

import app.bookings.platform.BookingsConfig;
import app.bookings.platform.Secrets;
import app.bookings.platform.Sinks;
import app.bookings.platform.WebhookSignature;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who signs what goes to which sink: {@code BOOKINGS_EVENT_SINK_SECRETS} has pairs of a sink's host
 * (with its port, where the URL names one) and a secret; {@code BOOKINGS_EVENT_SECRET} is for the
 * others.
 */
@Startup
@ApplicationScoped
class SinkSignatures {

  static final String FOR_ALL = "BOOKINGS_EVENT_SECRET";
  static final String BY_SINK = "BOOKINGS_EVENT_SINK_SECRETS";

  private final Map<String, WebhookSignature> bySink = new HashMap<>();

  SinkSignatures(Sinks sinks, BookingsConfig config) {
    Map<String, List<String>> own = new HashMap<>();
    for (String each : config.eventSinkSecrets().orElse(List.of())) {
      String pair = each.strip();
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw new IllegalStateException(BY_SINK + ": pairs of host=secret are needed");
      }
      own.computeIfAbsent(pair.substring(0, equals), host -> new ArrayList<>())
          .add(pair.substring(equals + 1));
    }
    List<String> forAll = config.eventSecret().orElse(List.of());
    for (String sink : sinks.urls()) {
      List<String> secrets = own.get(URI.create(sink).getAuthority());
      if (secrets == null && forAll.isEmpty()) {
        throw new IllegalStateException(
            "BOOKINGS_EVENT_SINKS needs "
                + FOR_ALL
                + " or "
                + BY_SINK
                + ", which sign what is sent there");
      }
      bySink.put(
          sink,
          new WebhookSignature(
              secrets == null
                  ? Secrets.ofWebhooks(FOR_ALL, forAll)
                  : Secrets.ofWebhooks(BY_SINK, secrets)));
    }
  }

  WebhookSignature of(String sink) {
    return bySink.get(sink);
  }
}
