package app.bookings.application;

import app.bookings.neighbours.Companies;
import app.bookings.storage.CustomerLinkStore;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;
import org.jboss.logging.Logger;

/** A guest has signed up: their bookings become the user's (domain.md, "Inbound events"). */
@ApplicationScoped
public class LinkingCustomers {
  private static final Logger LOG = Logger.getLogger(LinkingCustomers.class);

  private final CustomerLinkStore links;
  private final Companies companies;

  LinkingCustomers(CustomerLinkStore links, Companies companies) {
    this.links = links;
    this.companies = companies;
  }

  /**
   * Hands the bookings over, if companies says so itself or whoever told it is believed. Fails with
   * {@code upstream-unavailable} where companies does not answer.
   */
  public Uni<Void> link(UUID customerId, UUID userId, Instant toldAt, boolean believed) {
    if (believed) {
      return links.link(customerId, userId, toldAt);
    }
    return companies
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
