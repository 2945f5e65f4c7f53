package app.bookings.booking;

import java.util.UUID;

/** Who caused a change, as the status history names them: an id or a service, never a person. */
public record Actor(String name) {

  /** This service itself: recovery, expiry, billing. */
  public static final Actor SERVICE = new Actor("bookings");

  public static Actor user(UUID userId) {
    return new Actor("user:" + userId);
  }

  /** Somebody without an account. */
  public static final Actor GUEST = new Actor("guest");

  /** A neighbour, by the source of its event, such as {@code /payments}. */
  public static Actor neighbour(String source) {
    return new Actor(source);
  }
}
