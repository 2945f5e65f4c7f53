package app.bookings.faults;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * One create, and what was asked of its booking and answered since. From that follows what the
 * booking may be: this is the plain model. It is permissive where the specification is.
 */
final class Order {

  private static final Set<String> ACTIVE =
      Set.of("PENDING", "CONFIRMED", "CHECKED_IN", "PENDING_PAYMENT");
  private static final Set<String> SETTLED = Set.of("CONFIRMED", "CHECKED_IN", "PENDING_PAYMENT");

  final Person person;
  final Slot slot;
  final Asking.Request create;

  volatile String bookingId;
  volatile String bookingToken;
  volatile String checkoutUrl;
  volatile Instant answeredAt;

  /** Whether there may be a booking of it: it was not refused at every try. */
  volatile boolean mayExist;

  /** 4xx: no place, nothing paid. */
  volatile boolean refused;

  volatile boolean attendee;
  volatile boolean seenActive;
  volatile boolean seenSettled;
  volatile boolean seenPaid;
  volatile boolean checkedIn;
  volatile boolean endAsked;
  volatile boolean ended;

  Order(Person person, Slot slot, Asking.Request create) {
    this.person = person;
    this.slot = slot;
    this.create = create;
  }

  boolean keyed() {
    return create.headers().containsKey("Idempotency-Key");
  }

  static boolean active(String status) {
    return ACTIVE.contains(status);
  }

  /** What an answer shows of it, true from then on until somebody ends it. */
  void seen(JsonObject booking) {
    String status = booking.getString("status");
    seenActive |= ACTIVE.contains(status);
    seenSettled |= SETTLED.contains(status);
    seenPaid |= SETTLED.contains(status) && booking.getString("paymentState").equals("PAID");
    JsonObject payment = booking.getJsonObject("payment");
    if (payment != null && payment.getString("checkoutUrl") != null) {
      checkoutUrl = payment.getString("checkoutUrl");
    }
  }

  boolean mayBeGone() {
    return slot.deletionAsked || person.deletionAsked;
  }

  boolean mayBeOver() {
    return endAsked || refused || !seenSettled || slot.mayHaveEnded() || person.deletionAsked;
  }

  boolean mustBeOver() {
    return ended || refused || person.deleted || slot.mustHaveEnded(answeredAt);
  }

  /** What is wrong with its row; null when nothing is. Nothing is under way any more. */
  String wrongWith(Map<String, String> row) {
    if (row == null) {
      return mayBeGone() ? null : "it was promised and is not there";
    }
    boolean active = active(row.get("status"));
    if (active && mustBeOver()) {
      return "it must be over";
    }
    if (!active && !mayBeOver()) {
      return "it was settled, and nobody ended it";
    }
    if (person.id != null && !person.id.toString().equals(row.get("customer_id"))) {
      return "it is another customer's";
    }
    if (person.linkedTo != null && !person.linkedTo.toString().equals(row.get("user_id"))) {
      return "its customer has become user " + person.linkedTo;
    }
    return active ? wrongWhileActive(row) : wrongWhenOver(row);
  }

  private String wrongWhileActive(Map<String, String> row) {
    String method = row.get("payment_method");
    String state = row.get("payment_state");
    boolean right =
        switch (row.get("status")) {
          case "CONFIRMED", "CHECKED_IN" ->
              state.equals("PAID")
                  || (state.equals("UNPAID") && (method == null || method.equals("ON_SITE")))
                  || (state.equals("NOT_REQUIRED") && "PASS".equals(method));
          case "PENDING_PAYMENT" -> state.equals("UNPAID") && attendee;
          default -> false;
        };
    if (!right) {
      return "no such state may last";
    }
    if (seenPaid && !state.equals("PAID")) {
      return "it was paid";
    }
    if (checkedIn && row.get("status").equals("CONFIRMED")) {
      return "it was checked in";
    }
    if (method == null && slot.finished && !row.get("status").equals("PENDING_PAYMENT")) {
      return "its session is over and it is not billed";
    }
    if (row.get("status").equals("PENDING_PAYMENT") && person.toppedUp) {
      return "its customer has money now";
    }
    long start = slot.startsAt.getEpochSecond();
    if (!Long.toString(start).equals(row.get("starts"))) {
      return "its session starts at " + start;
    }
    long deadline = start - slot.window.toSeconds();
    return Objects.equals(Long.toString(deadline), row.get("deadline"))
        ? null
        : "its deadline is " + deadline;
  }

  private static String wrongWhenOver(Map<String, String> row) {
    String states = row.get("status") + "/" + row.get("payment_state");
    boolean right =
        switch (states) {
          case "CANCELLED/UNPAID", "CANCELLED/NOT_REQUIRED", "REFUNDED/REFUNDED" -> true;
          case "CANCELLED/PAID" -> "ON_SITE".equals(row.get("payment_method"));
          default -> false;
        };
    return right ? null : "no such end";
  }

  @Override
  public String toString() {
    return "order %s of booking %s (may exist %s, refused %s, settled %s, paid %s, end asked %s, ended %s; customer deletion %s) in %s"
        .formatted(
            create,
            bookingId,
            mayExist,
            refused,
            seenSettled,
            seenPaid,
            endAsked,
            ended,
            person.deletionAsked,
            slot);
  }
}
