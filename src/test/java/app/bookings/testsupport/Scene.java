package app.bookings.testsupport;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** A company of its own, with sessions and customers, so that no test sees another's. */
public final class Scene {

  public final Neighbours neighbours;
  public final UUID company = UUID.randomUUID();
  public final UUID activity = UUID.randomUUID();

  public Scene(Neighbours neighbours) {
    this.neighbours = neighbours;
  }

  /** A customer of the company, with an account of their own. */
  public record Customer(UUID id, UUID userId, String token) {}

  /** A session on offer: in a week, 25.00 EUR, 10 places, every method, cancellable for 6 days. */
  public final class Session {
    public final UUID id = UUID.randomUUID();
    public final UUID towel = UUID.randomUUID();
    public final UUID drink = UUID.randomUUID();
    public final Instant start =
        Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(7, ChronoUnit.DAYS);

    private Session(JsonObject changes) {
      JsonObject session =
          new JsonObject()
              .put("companyId", company.toString())
              .put("activityId", activity.toString())
              .put("title", "Yoga")
              .put("startsAt", start.toString())
              .put("endsAt", start.plus(Duration.ofMinutes(90)).toString())
              .put("status", "AVAILABLE")
              .put("activityStatus", "PUBLISHED")
              .put("price", "25.00")
              .put("currency", "EUR")
              .put("capacity", 10)
              .put("allowedPaymentMethods", methods("ON_SITE", "WALLET", "BONUS", "PASS", "CARD"))
              .putNull("bookingWindowHours")
              .put("cancellationWindowHours", 24)
              .put(
                  "extras",
                  new JsonArray()
                      .add(extra(towel, "Towel", "3.50"))
                      .add(extra(drink, "Drink", "2.25")));
      neighbours.putSession(id, session.mergeIn(changes));
    }

    public String path() {
      return "/api/client/companies/" + company + "/sessions/" + id + "/bookings";
    }

    private static JsonObject extra(UUID id, String name, String price) {
      return new JsonObject()
          .put("id", id.toString())
          .put("name", name)
          .put("price", price)
          .put("maxQuantity", 3)
          .put("available", true);
    }
  }

  public static JsonArray methods(String... methods) {
    JsonArray array = new JsonArray();
    for (String method : methods) {
      array.add(method);
    }
    return array;
  }

  public Session session() {
    return session(new JsonObject());
  }

  public Session session(JsonObject changes) {
    return new Session(changes);
  }

  public Session sessionOf(int capacity) {
    return session(new JsonObject().put("capacity", capacity));
  }

  /** With 100.00 in the wallet and 100 points. */
  public Customer customer() {
    return customer(new JsonObject());
  }

  public Customer customer(JsonObject changes) {
    UUID id = UUID.randomUUID();
    UUID userId = UUID.randomUUID();
    JsonObject customer =
        new JsonObject()
            .put("companyId", company.toString())
            .put("userId", userId.toString())
            .put("status", "ACTIVE")
            .put("bonusBalance", 100)
            .put("walletBalance", "100.00");
    neighbours.putCustomer(id, customer.mergeIn(changes));
    return new Customer(id, userId, neighbours.userToken(userId));
  }

  /** A pass with so many uses that covers so many units of an extra. */
  public UUID pass(Customer customer, int uses, UUID extra, int units) {
    UUID id = UUID.randomUUID();
    neighbours.putEntitlement(
        id,
        new JsonObject()
            .put("customerId", customer.id().toString())
            .put("activityId", activity.toString())
            .put("uses", uses)
            .put("coveredExtras", new JsonObject().put(String.valueOf(extra), units)));
    return id;
  }

  public BigDecimal wallet(Customer customer) {
    return new BigDecimal(neighbours.customer(customer.id()).getString("walletBalance"));
  }

  public int points(Customer customer) {
    return neighbours.customer(customer.id()).getInteger("bonusBalance");
  }
}
