package app.bookings.platform;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The URLs that get outbound events: {@code BOOKINGS_EVENT_SINKS}, read once. */
@ApplicationScoped
public class Sinks {
  private final List<String> urls;

  public Sinks(BookingsConfig config) {
    this.urls = config.eventSinks().orElse(List.of()).stream().map(String::strip).toList();
  }

  /** In the order in which they are configured; empty where there is none. */
  public List<String> urls() {
    return urls;
  }

  /** The same, as a statement takes them. */
  public String[] parameter() {
    return urls.toArray(String[]::new);
  }
}
