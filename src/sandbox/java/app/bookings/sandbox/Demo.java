package app.bookings.sandbox;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** What a newcomer finds: a company with sessions, a customer with money, points and a pass. */
public final class Demo {

  public static final UUID COMPANY = UUID.fromString("11111111-1111-4111-8111-111111111111");
  public static final UUID ACTIVITY = UUID.fromString("22222222-2222-4222-8222-222222222222");
  public static final UUID YOGA = UUID.fromString("33333333-3333-4333-8333-333333333331");
  public static final UUID LAST_PLACE = UUID.fromString("33333333-3333-4333-8333-333333333332");
  public static final UUID FREE_TRIAL = UUID.fromString("33333333-3333-4333-8333-333333333333");
  public static final UUID TOWEL = UUID.fromString("44444444-4444-4444-8444-444444444441");
  public static final UUID USER = UUID.fromString("55555555-5555-4555-8555-555555555555");
  public static final UUID CUSTOMER = UUID.fromString("66666666-6666-4666-8666-666666666666");
  public static final UUID PASS = UUID.fromString("77777777-7777-4777-8777-777777777777");

  private Demo() {}

  static void seed(Sandbox sandbox) {
    sandbox.catalog().put(YOGA, session("Morning yoga", "25.00", 10));
    sandbox.catalog().put(LAST_PLACE, session("Private lesson", "60.00", 1));
    sandbox.catalog().put(FREE_TRIAL, session("Free trial", "0.00", null));
    sandbox.demoCustomer(
        CUSTOMER,
        new JsonObject()
            .put("companyId", COMPANY.toString())
            .put("userId", USER.toString())
            .put("status", "ACTIVE")
            .put("bonusBalance", 200)
            .put("walletBalance", "100.00"));
    sandbox
        .passes()
        .put(
            PASS,
            new JsonObject()
                .put("customerId", CUSTOMER.toString())
                .put("activityId", ACTIVITY.toString())
                .put("uses", 10)
                .put("coveredExtras", new JsonObject().put(TOWEL.toString(), 1)));
  }

  private static JsonObject session(String title, String price, Integer capacity) {
    Instant start = Instant.now().truncatedTo(ChronoUnit.HOURS).plus(7, ChronoUnit.DAYS);
    return new JsonObject()
        .put("companyId", COMPANY.toString())
        .put("activityId", ACTIVITY.toString())
        .put("title", title)
        .put("startsAt", start.toString())
        .put("endsAt", start.plus(90, ChronoUnit.MINUTES).toString())
        .put("status", "AVAILABLE")
        .put("activityStatus", "PUBLISHED")
        .put("price", price)
        .put("currency", "EUR")
        .put("capacity", capacity)
        .put(
            "allowedPaymentMethods",
            new JsonArray().add("ON_SITE").add("WALLET").add("BONUS").add("PASS").add("CARD"))
        .putNull("bookingWindowHours")
        .put("cancellationWindowHours", 24)
        .put(
            "extras",
            new JsonArray()
                .add(
                    new JsonObject()
                        .put("id", TOWEL.toString())
                        .put("name", "Towel")
                        .put("price", "3.50")
                        .put("maxQuantity", 4)
                        .put("available", true)));
  }
}
