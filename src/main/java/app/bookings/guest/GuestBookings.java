package app.bookings.guest;

import app.bookings.booking.Booking;
import app.bookings.booking.BookingStore;
import app.bookings.problem.Problem;
import app.bookings.problem.ProblemType;
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

  GuestBookings(
      BookingStore bookings, BookingTokens tokens, ClientAddress addresses, Throttle throttle) {
    this.bookings = bookings;
    this.tokens = tokens;
    this.addresses = addresses;
    this.throttle = throttle;
  }

  /** One more request of this client and of this contact at the company. */
  Uni<Void> count(HttpServerRequest request, UUID companyId, String email) {
    return countAddress(request).chain(() -> throttle.take("contact", companyId + ":" + email));
  }

  private Uni<Void> countAddress(HttpServerRequest request) {
    String address =
        addresses.of(
            request.remoteAddress().hostAddress(), request.headers().getAll("X-Forwarded-For"));
    return throttle.take("address", address);
  }

  /**
   * The booking that the token opens; fails with {@code booking-not-found}. Whoever comes with a
   * wrong or expired token is counted, so that trying is slow.
   */
  Uni<Booking> one(HttpServerRequest request, UUID bookingId, String token) {
    return tokens
        .expiry(token, bookingId)
        .map(
            expiry ->
                bookings
                    .look(bookingId)
                    .map(found -> found.orElseThrow(GuestBookings::notFound))
                    .flatMap(
                        booking ->
                            tokens.open(expiry, booking)
                                ? Uni.createFrom().item(booking)
                                : refused(request)))
        .orElseGet(() -> refused(request));
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
