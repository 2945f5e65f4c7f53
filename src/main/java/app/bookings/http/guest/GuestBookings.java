package app.bookings.http.guest;

import app.bookings.application.Throttle;
import app.bookings.booking.Booking;
import app.bookings.problem.Problem;
import app.bookings.problem.ProblemType;
import app.bookings.storage.BookingStore;
import app.bookings.storage.CustomerLinkStore;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** A guest's booking: there for its token, and for nobody else (api.md, "Guest"). */
@ApplicationScoped
class GuestBookings {

  private final BookingStore bookings;
  private final BookingTokens tokens;
  private final ClientAddress addresses;
  private final Throttle throttle;
  private final CustomerLinkStore links;

  GuestBookings(
      BookingStore bookings,
      BookingTokens tokens,
      ClientAddress addresses,
      Throttle throttle,
      CustomerLinkStore links) {
    this.links = links;
    this.bookings = bookings;
    this.tokens = tokens;
    this.addresses = addresses;
    this.throttle = throttle;
  }

  /** One more request with this contact at the company. */
  Uni<Void> countContact(UUID companyId, String email) {
    return throttle.take("contact", companyId + ":" + email);
  }

  /** One more request of this client. */
  Uni<Void> countAddress(HttpServerRequest request) {
    String address =
        addresses.of(
            request.remoteAddress().hostAddress(), request.headers().getAll("X-Forwarded-For"));
    return throttle.take("address", address);
  }

  /**
   * The booking that the token opens, as long as nobody told that the guest has signed up; fails
   * with {@code booking-not-found}. Whoever comes with a wrong or expired token is counted, so that
   * trying is slow.
   */
  Uni<Booking> one(HttpServerRequest request, UUID bookingId, String token) {
    return tokens
        .expiry(token, bookingId)
        .map(
            expiry ->
                bookings
                    .findVisible(bookingId)
                    .map(found -> found.orElseThrow(GuestBookings::notFound))
                    .flatMap(
                        booking ->
                            tokens.open(expiry, booking)
                                ? stillAGuests(request, booking)
                                : refused(request)))
        .orElseGet(() -> refused(request));
  }

  private Uni<Booking> stillAGuests(HttpServerRequest request, Booking booking) {
    return links
        .linkedSince(booking)
        .flatMap(linked -> linked ? refused(request) : Uni.createFrom().item(booking));
  }

  private Uni<Booking> refused(HttpServerRequest request) {
    return countAddress(request)
        .map(
            counted -> {
              throw notFound();
            });
  }

  private static Problem notFound() {
    return Problem.of(ProblemType.BOOKING_NOT_FOUND, "The token opens no such booking.");
  }
}
