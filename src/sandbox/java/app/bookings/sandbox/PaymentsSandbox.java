package app.bookings.sandbox;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * contracts.md, "Payments": a checkout that is clicked to pay or to fail, and then sends its event.
 */
final class PaymentsSandbox {

  private final Map<UUID, JsonObject> payments = new LinkedHashMap<>();
  private final Map<UUID, JsonObject> bodies = new LinkedHashMap<>();
  private final Map<UUID, JsonObject> refunds = new LinkedHashMap<>();
  private final BiConsumer<String, JsonObject> events;
  private final String baseUrl;
  private boolean gatewayConfigured = true;

  /**
   * Payments without any payment.
   *
   * @param baseUrl where browsers reach this neighbour
   * @param events takes the type and the data of an event of payments
   */
  PaymentsSandbox(String baseUrl, BiConsumer<String, JsonObject> events) {
    this.baseUrl = baseUrl;
    this.events = events;
  }

  void mount(Endpoints endpoints) {
    endpoints
        .on(
            HttpMethod.PUT,
            "/api/internal/payments/:paymentId",
            asked -> start(asked.id("paymentId"), asked.body()))
        .on(
            HttpMethod.GET,
            "/api/internal/payments/:paymentId",
            asked -> payment(asked.id("paymentId")))
        .on(
            HttpMethod.DELETE,
            "/api/internal/payments/:paymentId",
            asked -> cancel(asked.id("paymentId")))
        .on(
            HttpMethod.PUT,
            "/api/internal/payment-refunds/:refundId",
            asked -> refund(asked.id("refundId"), asked.body()))
        .on(HttpMethod.GET, "/checkout/:paymentId", asked -> page(asked.id("paymentId"), ""))
        .on(
            HttpMethod.POST,
            "/checkout/:paymentId/pay",
            asked -> clicked(asked.id("paymentId"), "succeeded", null))
        .on(
            HttpMethod.POST,
            "/checkout/:paymentId/fail",
            asked -> clicked(asked.id("paymentId"), "failed", "card declined"));
  }

  synchronized void gatewayConfigured(boolean configured) {
    gatewayConfigured = configured;
  }

  private synchronized Reply start(UUID id, JsonObject body) {
    JsonObject known = payments.get(id);
    if (known != null) {
      if (known.getString("status").equals("voided")) {
        return Reply.problem(409, "voided");
      }
      return bodies.get(id).equals(body) ? Reply.ok(known) : Reply.problem(409, "id-reused");
    }
    if (!gatewayConfigured) {
      return Reply.problem(422, "gateway-not-configured");
    }
    JsonObject payment =
        new JsonObject()
            .put("id", id.toString())
            .put("status", "pending")
            .put("amount", body.getString("amount"))
            .put("currency", body.getString("currency"))
            .put("sourceId", body.getString("sourceId"))
            .put("paymentUrl", baseUrl + "/checkout/" + id)
            .putNull("failureReason");
    payments.put(id, payment);
    bodies.put(id, body);
    return Reply.json(201, payment);
  }

  private synchronized Reply payment(UUID id) {
    JsonObject payment = payments.get(id);
    return payment == null ? Reply.problem(404, "not-found") : Reply.ok(payment);
  }

  private synchronized Reply cancel(UUID id) {
    payments.putIfAbsent(id, new JsonObject().put("id", id.toString()).put("status", "voided"));
    move(id, "failed", "cancelled");
    return Reply.ok(payments.get(id));
  }

  /** The status moves once, from pending. */
  synchronized JsonObject move(UUID id, String status, String reason) {
    JsonObject payment = payments.get(id);
    if (payment.getString("status").equals("pending")) {
      payment.put("status", status).put("failureReason", reason);
      JsonObject data =
          new JsonObject()
              .put("paymentId", id.toString())
              .put("sourceId", payment.getString("sourceId"));
      if (status.equals("succeeded")) {
        events.accept(
            "payment.succeeded",
            data.put("amount", payment.getString("amount"))
                .put("currency", payment.getString("currency")));
      } else {
        events.accept("payment.failed", data.put("failureReason", reason));
      }
    }
    return payment;
  }

  private synchronized Reply refund(UUID id, JsonObject body) {
    JsonObject known = refunds.get(id);
    if (known != null) {
      return Reply.ok(known);
    }
    JsonObject payment = payments.get(UUID.fromString(body.getString("paymentId")));
    if (payment == null || !payment.getString("status").equals("succeeded")) {
      return Reply.problem(422, "not-refundable");
    }
    JsonObject refund = body.copy().put("id", id.toString()).put("status", "succeeded");
    refunds.put(id, refund);
    return Reply.json(201, refund);
  }

  private Reply clicked(UUID id, String status, String reason) {
    JsonObject payment = move(id, status, reason);
    return page(id, "<p>The payment has " + payment.getString("status") + ".</p>");
  }

  private synchronized Reply page(UUID id, String message) {
    JsonObject payment = payments.get(id);
    if (payment == null) {
      return Reply.problem(404, "not-found");
    }
    String action = baseUrl + "/checkout/" + id;
    boolean open = payment.getString("status").equals("pending");
    JsonObject body = bodies.get(id);
    String back = body == null ? null : body.getString("resultUrl");
    return Reply.html(
        """
        <!doctype html><html lang="en"><title>Sandbox checkout</title>
        <body style="font-family: sans-serif; max-width: 30em; margin: 4em auto">
        <h1>Sandbox checkout</h1><p>%s %s for booking %s</p><p>Status: <b id="status">%s</b></p>%s%s%s
        </body></html>
        """
            .formatted(
                payment.getString("amount"),
                payment.getString("currency"),
                payment.getString("sourceId"),
                payment.getString("status"),
                message,
                open
                    ? button(action + "/pay", "Pay") + button(action + "/fail", "Let it fail")
                    : "",
                back == null ? "" : "<p><a href=\"" + escape(back) + "\">Back</a></p>"));
  }

  private static String button(String action, String label) {
    return "<form method=\"post\" action=\"%s\"><button id=\"%s\">%s</button></form>"
        .formatted(action, label.substring(0, 3).toLowerCase(java.util.Locale.ROOT).strip(), label);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;");
  }

  synchronized JsonArray payments() {
    JsonArray ledger = new JsonArray();
    payments.values().forEach(payment -> ledger.add(payment.copy()));
    return ledger;
  }

  synchronized JsonArray refunds() {
    JsonArray ledger = new JsonArray();
    refunds.values().forEach(refund -> ledger.add(refund.copy()));
    return ledger;
  }
}
