package app.bookings.http.client;

import app.bookings.booking.Booking;
import app.bookings.http.client.ListParameters.Position;
import app.bookings.storage.BookingQueries;
import app.bookings.storage.CustomerPage;
import app.bookings.view.BookingView;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/**
 * Keyset pages: a page begins after the last booking of the one before, so none is skipped or
 * repeated while others are inserted (api.md, "Client").
 */
@ApplicationScoped
class BookingPages {

  private final BookingQueries bookings;

  BookingPages(BookingQueries bookings) {
    this.bookings = bookings;
  }

  /**
   * The page of the caller's bookings.
   *
   * @param companyId null for all
   * @param sessionId null for all
   */
  Uni<BookingPage> page(UUID userId, UUID companyId, UUID sessionId, ListParameters query) {
    int size = query.size();
    Position after = query.after();
    CustomerPage page =
        new CustomerPage(
            userId,
            companyId,
            sessionId,
            query.statuses(),
            query.startsFrom(),
            query.startsBefore(),
            after == null ? null : after.startsAt(),
            after == null ? null : after.id(),
            // One more than asked for tells whether there is another page.
            size + 1);
    return bookings.page(page).map(found -> page(found, size));
  }

  private static BookingPage page(List<Booking> found, int size) {
    List<Booking> items = found.subList(0, Math.min(size, found.size()));
    String next = null;
    if (found.size() > size) {
      Booking last = items.get(size - 1);
      next = new Position(last.session().startsAt(), last.id()).encoded();
    }
    return new BookingPage(items.stream().map(BookingView::of).toList(), next);
  }
}
