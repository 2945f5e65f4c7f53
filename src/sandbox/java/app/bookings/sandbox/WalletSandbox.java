package app.bookings.sandbox;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;

/** contracts.md, "Wallet": balances; refunds are approved at once, refused, or wait for staff. */
final class WalletSandbox {

  private final Map<UUID, BigDecimal> balances = new LinkedHashMap<>();
  private final Movements debits = new Movements("DEBITED");
  private final Map<UUID, JsonObject> refunds = new LinkedHashMap<>();
  private final BiConsumer<String, JsonObject> events;
  private String decision = "APPROVED";

  /**
   * Wallet without customers.
   *
   * @param events takes the type and the data of an event of wallet
   */
  WalletSandbox(BiConsumer<String, JsonObject> events) {
    this.events = events;
  }

  void mount(Endpoints endpoints) {
    endpoints
        .on(
            HttpMethod.PUT,
            "/api/internal/debits/:debitId",
            asked -> debits.put(asked.id("debitId"), asked.body(), this::debit))
        .on(
            HttpMethod.DELETE,
            "/api/internal/debits/:debitId",
            asked -> debits.delete(asked.id("debitId"), d -> add(customer(d), amount(d))))
        .on(
            HttpMethod.PUT,
            "/api/internal/refund-requests/:refundRequestId",
            asked -> request(asked.id("refundRequestId"), asked.body()))
        .on(
            HttpMethod.GET,
            "/api/internal/refund-requests/:refundRequestId",
            asked -> refund(asked.id("refundRequestId")));
  }

  private static UUID customer(JsonObject of) {
    return UUID.fromString(of.getString("customerId"));
  }

  private static BigDecimal amount(JsonObject of) {
    return new BigDecimal(of.getString("amount"));
  }

  private synchronized Optional<String> debit(JsonObject debit) {
    BigDecimal left = balance(customer(debit)).subtract(amount(debit));
    if (left.signum() < 0) {
      return Optional.of("insufficient-funds");
    }
    balances.put(customer(debit), left);
    return Optional.empty();
  }

  synchronized BigDecimal balance(UUID customerId) {
    return balances.getOrDefault(customerId, new BigDecimal("0.00"));
  }

  synchronized void setBalance(UUID customerId, BigDecimal balance) {
    balances.put(customerId, balance);
  }

  private synchronized void add(UUID customerId, BigDecimal amount) {
    balances.put(customerId, balance(customerId).add(amount));
  }

  private synchronized Reply request(UUID id, JsonObject body) {
    JsonObject known = refunds.get(id);
    if (known != null) {
      return Reply.ok(known);
    }
    Optional<JsonObject> other =
        refunds.values().stream()
            .filter(r -> r.getString("bookingId").equals(body.getString("bookingId")))
            .findFirst();
    if (other.isPresent()) {
      return Reply.problem(
          409,
          "booking-already-has-a-request",
          new JsonObject().put("refundRequestId", other.get().getString("id")));
    }
    JsonObject refund = body.copy().put("id", id.toString()).put("status", "PENDING");
    refunds.put(id, refund);
    if (!decision.equals("PENDING")) {
      decide(id, decision);
    }
    return Reply.json(201, refund);
  }

  private synchronized Reply refund(UUID id) {
    JsonObject refund = refunds.get(id);
    return refund == null ? Reply.problem(404, "not-found") : Reply.ok(refund);
  }

  /** What becomes of refund requests from now on: APPROVED, REJECTED, or PENDING for staff. */
  synchronized void decideAs(String status) {
    decision = status;
  }

  /** Staff decides: APPROVED or REJECTED. */
  synchronized JsonObject decide(UUID id, String status) {
    JsonObject refund = refunds.get(id);
    if (refund.getString("status").equals("PENDING")) {
      refund.put("status", status);
      if (status.equals("APPROVED")) {
        add(customer(refund), amount(refund));
      }
      events.accept(
          status.equals("APPROVED") ? "refund.approved" : "refund.rejected",
          new JsonObject()
              .put("refundRequestId", id.toString())
              .put("bookingId", refund.getString("bookingId"))
              .put("amount", refund.getString("amount")));
    }
    return refund;
  }

  JsonArray debits() {
    return debits.ledger();
  }

  synchronized JsonArray refunds() {
    JsonArray ledger = new JsonArray();
    refunds.values().forEach(refund -> ledger.add(refund.copy()));
    return ledger;
  }
}
