package app.bookings.events.in;

import app.bookings.application.EndingBookings;
import app.bookings.application.RetryingDebts;
import app.bookings.booking.Actor;
import app.bookings.neighbours.Companies;
import app.bookings.storage.CustomerLinkStore;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;
import org.jboss.logging.Logger;

/** What companies and wallet tell of a customer (domain.md, "Inbound events"). */
@ApplicationScoped
class CustomerEvents {

  private static final Logger LOG = Logger.getLogger(CustomerEvents.class);

  private final EndingBookings ending;
  private final CustomerLinkStore links;
  private final RetryingDebts debts;
  private final Companies companies;
  private final EventSenders senders;

  CustomerEvents(
      EndingBookings ending,
      CustomerLinkStore links,
      RetryingDebts debts,
      Companies companies,
      EventSenders senders) {
    this.companies = companies;
    this.senders = senders;
    this.ending = ending;
    this.links = links;
    this.debts = debts;
  }

  Uni<Void> receive(CloudEvent event, UUID customerId) {
    return switch (event.type()) {
      case "customer.deleted" ->
          ending.customerDeleted(customerId, Actor.neighbour(event.source()));
      case "customer.linked" ->
          linked(customerId, CloudEvent.id(event.data(), "userId"), event.time());
      case "wallet.topped-up" ->
          SessionEvents.begun(debts.toppedUp(customerId, event.time()), debts);
      default -> throw new IllegalArgumentException(event.type());
    };
  }

  /** Hands the bookings over, if companies says so itself or its sender is known. */
  private Uni<Void> linked(UUID customerId, UUID userId, Instant toldAt) {
    return senders.believed()
        ? links.link(customerId, userId, toldAt)
        : companies
            .customer(customerId)
            .flatMap(
                customer -> {
                  if (customer.filter(known -> userId.equals(known.userId())).isPresent()) {
                    return links.link(customerId, userId, toldAt);
                  }
                  LOG.warnf("customer.linked is not what companies says of %s", customerId);
                  return Uni.createFrom().voidItem();
                });
  }
}
