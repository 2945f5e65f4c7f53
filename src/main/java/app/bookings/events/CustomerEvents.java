package app.bookings.events;

import app.bookings.bill.RetryingDebts;
import app.bookings.booking.Actor;
import app.bookings.booking.CustomerLinks;
import app.bookings.end.EndingBookings;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** What companies and wallet tell of a customer (domain.md, "Inbound events"). */
@ApplicationScoped
class CustomerEvents {

  private final EndingBookings ending;
  private final CustomerLinks links;
  private final RetryingDebts debts;

  CustomerEvents(EndingBookings ending, CustomerLinks links, RetryingDebts debts) {
    this.ending = ending;
    this.links = links;
    this.debts = debts;
  }

  Uni<Void> receive(CloudEvent event, UUID customerId) {
    return switch (event.type()) {
      case "customer.deleted" ->
          ending.customerDeleted(customerId, Actor.neighbour(event.source()));
      case "customer.linked" ->
          links.link(customerId, CloudEvent.id(event.data(), "userId"), event.time());
      case "wallet.topped-up" ->
          SessionEvents.begun(debts.toppedUp(customerId, event.time()), debts);
      default -> throw new IllegalArgumentException(event.type());
    };
  }
}
