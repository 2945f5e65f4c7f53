package app.bookings.sandbox;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** contracts.md, "Passes": entitlements have uses, and may cover some units of extras. */
final class PassesSandbox {

  private final Map<UUID, JsonObject> entitlements = new LinkedHashMap<>();
  private final Movements redemptions = new Movements("REDEEMED");

  void mount(Endpoints endpoints) {
    endpoints
        .on(
            HttpMethod.POST,
            "/api/internal/customers/:customerId/coverage",
            asked -> coverage(asked.id("customerId"), asked.body()))
        .on(
            HttpMethod.PUT,
            "/api/internal/redemptions/:redemptionId",
            asked -> redemptions.put(asked.id("redemptionId"), asked.body(), this::redeem))
        .on(
            HttpMethod.DELETE,
            "/api/internal/redemptions/:redemptionId",
            asked -> redemptions.delete(asked.id("redemptionId"), this::release));
  }

  private synchronized Reply coverage(UUID customerId, JsonObject question) {
    String wanted = question.getString("entitlementId");
    Optional<JsonObject> found =
        entitlements.values().stream()
            .filter(e -> wanted == null || wanted.equals(e.getString("id")))
            .filter(e -> e.getString("customerId").equals(customerId.toString()))
            .filter(
                e ->
                    e.getString("activityId") == null
                        || e.getString("activityId").equals(question.getString("activityId")))
            .filter(e -> e.getInteger("uses") > 0)
            .findFirst();
    JsonArray covered = new JsonArray();
    found.ifPresent(
        entitlement -> {
          JsonObject coverable = entitlement.getJsonObject("coveredExtras", new JsonObject());
          for (Object each : question.getJsonArray("extras", new JsonArray())) {
            JsonObject extra = (JsonObject) each;
            int units =
                Math.min(
                    extra.getInteger("quantity"),
                    coverable.getInteger(extra.getString("extraId"), 0));
            if (units > 0) {
              covered.add(extra.copy().put("quantity", units));
            }
          }
        });
    return Reply.ok(
        new JsonObject()
            .put("entitlementId", found.map(e -> e.getString("id")).orElse(null))
            .put("coveredExtras", covered));
  }

  private synchronized Optional<String> redeem(JsonObject redemption) {
    JsonObject entitlement =
        entitlements.get(UUID.fromString(redemption.getString("entitlementId")));
    boolean usable =
        entitlement != null
            && entitlement.getInteger("uses") > 0
            && entitlement.getString("customerId").equals(redemption.getString("customerId"));
    if (!usable) {
      return Optional.of("entitlement-not-usable");
    }
    entitlement.put("uses", entitlement.getInteger("uses") - 1);
    return Optional.empty();
  }

  private synchronized void release(JsonObject redemption) {
    JsonObject entitlement =
        entitlements.get(UUID.fromString(redemption.getString("entitlementId")));
    entitlement.put("uses", entitlement.getInteger("uses") + 1);
  }

  /** Sells a pass: {@code customerId, activityId|null, uses, coveredExtras: {extraId: units}}. */
  synchronized JsonObject put(UUID id, JsonObject members) {
    return entitlements.merge(
        id, members.copy().put("id", id.toString()), (old, more) -> old.mergeIn(more));
  }

  synchronized Optional<JsonObject> entitlement(UUID id) {
    return Optional.ofNullable(entitlements.get(id));
  }

  JsonArray ledger() {
    return redemptions.ledger();
  }
}
