package app.bookings;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.testsupport.Bookings;
import app.bookings.testsupport.Bookings.Answer;
import app.bookings.testsupport.Scene;
import app.bookings.testsupport.Scene.Customer;
import app.bookings.testsupport.Service;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** api.md, "Client": quote, lists, one booking, cancellation preview. */
@QuarkusTest
class ReadingTest {

  private final Bookings bookings = Service.BOOKINGS;
  private final Scene scene = Service.scene();

  private Scene.Session startingIn(int days) {
    Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(days, ChronoUnit.DAYS);
    return scene.session(
        JsonObject.of("startsAt", start.toString())
            .put("endsAt", start.plusSeconds(3600).toString()));
  }

  private List<String> pages(Customer customer, String path, int limit, Runnable between) {
    List<String> ids = new ArrayList<>();
    String cursor = "";
    do {
      JsonObject page =
          bookings.get(customer.token(), path + "limit=" + limit + cursor).is("200").body();
      page.getJsonArray("items").forEach(item -> ids.add(((JsonObject) item).getString("id")));
      String next = page.getString("nextCursor");
      cursor = next == null ? null : "&cursor=" + next;
      between.run();
    } while (cursor != null);
    return ids;
  }

  @Test
  void pagesHoldEveryBookingOnceWhileOthersAreInserted() {
    Customer customer = scene.customer();
    List<String> latestFirst = new ArrayList<>();
    for (int day = 1; day <= 7; day++) {
      latestFirst.add(
          0, bookings.create(customer, startingIn(day), "ON_SITE").is("201").text("id"));
    }
    String all = "/api/client/my-bookings?";
    assertThat(pages(customer, all, 3, () -> {})).isEqualTo(latestFirst);
    assertThat(pages(customer, all, 100, () -> {})).isEqualTo(latestFirst);
    List<String> seen =
        pages(
            customer, all, 2, () -> bookings.create(customer, startingIn(30), "ON_SITE").is("201"));
    assertThat(seen).isEqualTo(latestFirst);
  }

  @Test
  void sessionsThatStartTogetherArePagedToo() {
    Customer customer = scene.customer();
    Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(3, ChronoUnit.DAYS);
    for (int i = 0; i < 5; i++) {
      Scene.Session session = scene.session(JsonObject.of("startsAt", start.toString()));
      bookings.create(customer, session, "ON_SITE").is("201");
    }
    assertThat(pages(customer, "/api/client/my-bookings?", 2, () -> {}))
        .hasSize(5)
        .doesNotHaveDuplicates();
  }

  @Test
  void listsAreOfACompanyOrASessionAndFiltered() {
    Customer customer = scene.customer();
    Scene.Session near = startingIn(2);
    Scene.Session far = startingIn(20);
    String first = bookings.create(customer, near, "ON_SITE").is("201").text("id");
    String second = bookings.create(customer, far, "ON_SITE").is("201").text("id");
    bookings.cancel(customer, second).is("200");

    String company = "/api/client/companies/" + scene.company + "/bookings?";
    assertThat(pages(customer, company, 20, () -> {})).containsExactly(second, first);
    assertThat(pages(customer, near.path() + "?", 20, () -> {})).containsExactly(first);
    String none = "/api/client/companies/" + java.util.UUID.randomUUID() + "/bookings?";
    assertThat(pages(customer, none, 20, () -> {})).isEmpty();
    assertThat(pages(customer, company + "status=CANCELLED&", 20, () -> {}))
        .containsExactly(second);
    assertThat(pages(customer, company + "status=CANCELLED&status=CONFIRMED&", 20, () -> {}))
        .containsExactly(second, first);
    String middle = Instant.now().plus(10, ChronoUnit.DAYS).toString();
    assertThat(pages(customer, company + "from=" + middle + "&", 20, () -> {}))
        .containsExactly(second);
    assertThat(pages(customer, company + "to=" + middle + "&", 20, () -> {}))
        .containsExactly(first);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0",
        "limit=101",
        "limit=x",
        "limit=9999999999",
        "status=GONE",
        "from=yesterday",
        "to=2026-13-01T00:00:00Z",
        "cursor=%21",
        "cursor=AAAA"
      })
  void aMalformedQueryNamesItsField(String query) {
    Answer answer =
        bookings
            .get(scene.customer().token(), "/api/client/my-bookings?" + query)
            .is("400 validation-error");
    assertThat(answer.body().getJsonArray("violations").getJsonObject(0).getString("field"))
        .isEqualTo(query.substring(0, query.indexOf('=')));
  }

  @Test
  void oneBookingHasAnETagThatChangesWithIt() {
    Customer customer = scene.customer();
    String id = bookings.create(customer, scene.session(), "ON_SITE").is("201").text("id");
    Answer first = bookings.get(customer, id).is("200");
    String etag = first.header("ETag").orElseThrow();
    Map<String, String> condition = Map.of("If-None-Match", etag);
    Answer unchanged = bookings.send("GET", Bookings.one(id), customer.token(), null, condition);
    assertThat(unchanged.status()).isEqualTo(304);
    assertThat(unchanged.http().body()).isEmpty();
    bookings.cancel(customer, id).is("200");
    Answer changed = bookings.send("GET", Bookings.one(id), customer.token(), null, condition);
    changed.is("200").booking("CANCELLED/UNPAID");
    assertThat(changed.header("ETag").orElseThrow()).isNotEqualTo(etag);
  }

  @Test
  void aBookingHasAllItsMembers() {
    Customer customer = scene.customer();
    Answer answer = bookings.create(customer, scene.session(), "WALLET").is("201");
    assertThat(answer.body().fieldNames())
        .containsExactlyInAnyOrder(
            ("id companyId activityId sessionId customerId status paymentState source"
                    + " paymentMethod price extrasTotal total currency walletDebited bonusDebited"
                    + " customerEntitlementId session extras payment refund holdExpiresAt"
                    + " cancellationDeadline checkedInAt cancelledAt cancelReason createdAt"
                    + " updatedAt")
                .split(" "));
    assertThat(bookings.get(customer, answer.text("id")).body()).isEqualTo(answer.body());
  }

  @Test
  void aQuoteSaysWhatCreateWouldAnswerAndMovesNothing() {
    Scene.Session session = scene.sessionOf(2);
    Customer customer = scene.customer();
    JsonObject body =
        JsonObject.of("paymentMethod", "WALLET")
            .put(
                "extras",
                new JsonArray()
                    .add(JsonObject.of("extraId", session.towel.toString()).put("quantity", 2)));
    JsonObject quote =
        bookings.post(customer.token(), session.path() + "/quote", body).is("200").body();
    assertThat(quote.getBoolean("bookable")).isTrue();
    assertThat(quote.getString("problem")).isNull();
    assertThat(quote.getString("total")).isEqualTo("32.00");
    assertThat(quote.getString("extrasTotal")).isEqualTo("7.00");
    assertThat(quote.getInteger("freePlaces")).isEqualTo(2);
    assertThat(quote.getString("cancellationDeadline"))
        .isEqualTo(session.start.minus(24, ChronoUnit.HOURS).toString());
    assertThat(quote.getJsonArray("allowedPaymentMethods")).hasSize(5);

    quoted(customer, session, "GOLD_IS_NO_METHOD", null);
    quoted(customer, session, "FREE", "payment-method-not-allowed");
    quoted(customer, session, "PASS", "payment-declined");
    quoted(scene.customer(JsonObject.of("bonusBalance", 1)), session, "BONUS", "payment-declined");
    quoted(
        scene.customer(JsonObject.of("status", "BANNED")), session, "ON_SITE", "customer-banned");
    quoted(
        customer,
        scene.session(JsonObject.of("status", "CANCELLED")),
        "ON_SITE",
        "session-not-bookable");
    quoted(customer, scene.sessionOf(0), "ON_SITE", "session-full");
    bookings.create(customer, session, "ON_SITE").is("201");
    quoted(customer, session, "ON_SITE", "already-booked");
    assertThat(scene.wallet(customer)).isEqualByComparingTo("100.00");
    assertThat(
            Service.books()
                .query("SELECT 1 FROM bookings.bookings WHERE session_id = ?", session.id))
        .hasSize(1);
  }

  private void quoted(Customer customer, Scene.Session session, String method, String problem) {
    Answer answer =
        bookings.post(
            customer.token(), session.path() + "/quote", JsonObject.of("paymentMethod", method));
    if (problem == null) {
      answer.is("400 validation-error");
      return;
    }
    assertThat(answer.is("200").text("problem")).isEqualTo(problem);
    assertThat(answer.body().getBoolean("bookable")).isFalse();
  }

  @Test
  void aQuoteShowsWhatAPassCovers() {
    Scene.Session session = scene.session();
    Customer customer = scene.customer();
    String pass = scene.pass(customer, 1, session.towel, 1).toString();
    JsonObject body =
        JsonObject.of("paymentMethod", "PASS")
            .put("extrasPaymentMethod", "WALLET")
            .put(
                "extras",
                new JsonArray()
                    .add(JsonObject.of("extraId", session.towel.toString()).put("quantity", 2)));
    JsonObject quote =
        bookings.post(customer.token(), session.path() + "/quote", body).is("200").body();
    assertThat(quote.getString("total")).isEqualTo("3.50");
    assertThat(quote.getJsonObject("coverage").getString("entitlementId")).isEqualTo(pass);
    assertThat(quote.getJsonObject("coverage").getJsonArray("coveredExtras").getJsonObject(0))
        .isEqualTo(JsonObject.of("extraId", session.towel.toString()).put("quantity", 1));
  }

  @Test
  void thePreviewSaysWhatCancellingDoes() {
    Customer customer = scene.customer();
    Scene.Session session = scene.session();
    Preview of = new Preview(customer, session);
    assertThat(of.preview("ON_SITE").getJsonArray("giveBack")).isEmpty();
    assertThat(of.preview("WALLET").getJsonArray("giveBack").getJsonObject(0))
        .isEqualTo(JsonObject.of("to", "WALLET").put("amount", "25.00"));
    assertThat(of.preview("BONUS").getJsonArray("giveBack").getJsonObject(0))
        .isEqualTo(JsonObject.of("to", "BONUS").put("amount", "25.00"));
    scene.pass(customer, 1, null, 0);
    assertThat(of.preview("PASS").getJsonArray("giveBack").getJsonObject(0))
        .isEqualTo(JsonObject.of("to", "PASS").put("amount", "1.00"));
  }

  /** Books, previews, cancels. */
  private final class Preview {
    private final Customer customer;
    private final Scene.Session session;

    Preview(Customer customer, Scene.Session session) {
      this.customer = customer;
      this.session = session;
    }

    JsonObject preview(String method) {
      String id = bookings.create(customer, session, method).is("201").text("id");
      JsonObject preview =
          bookings.get(customer.token(), Bookings.one(id) + "/cancellation").is("200").body();
      assertThat(preview.getBoolean("allowed")).isTrue();
      assertThat(preview.getString("reason")).isNull();
      bookings.cancel(customer, id).is("200");
      return preview;
    }
  }

  @Test
  void afterTheDeadlineNothingCanBeCancelled() {
    Customer customer = scene.customer();
    Scene.Session session = scene.session(JsonObject.of("cancellationWindowHours", 24 * 30));
    String id = bookings.create(customer, session, "WALLET").is("201").text("id");
    Answer refused = bookings.cancel(customer, id).is("409 cancellation-window-closed");
    assertThat(refused.text("deadline"))
        .isEqualTo(session.start.minus(30, ChronoUnit.DAYS).toString());
    JsonObject preview =
        bookings.get(customer.token(), Bookings.one(id) + "/cancellation").is("200").body();
    assertThat(preview.getBoolean("allowed")).isFalse();
    assertThat(preview.getString("reason")).isEqualTo("cancellation-window-closed");
    bookings.get(customer, id).booking("CONFIRMED/PAID");
  }

  @Test
  void withoutADeadlineOnlyWhatIsUnpaidCanBeCancelled() {
    Scene.Session session = scene.session(new JsonObject().putNull("cancellationWindowHours"));
    Customer paid = scene.customer();
    String id = bookings.create(paid, session, "WALLET").is("201").text("id");
    Answer refused = bookings.cancel(paid, id).is("409 cancellation-window-closed");
    assertThat(refused.text("deadline")).isNull();
    Customer unpaid = scene.customer();
    String onSite = bookings.create(unpaid, session, "ON_SITE").is("201").text("id");
    bookings.cancel(unpaid, onSite).is("200").booking("CANCELLED/UNPAID");
  }
}
