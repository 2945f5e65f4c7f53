package app.bookings.sandbox;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** contracts.md, "Companies": customers are found or made, bonus points have a balance. */
final class CompaniesSandbox {

  private final Map<UUID, JsonObject> customers = new LinkedHashMap<>();
  private final Map<String, UUID> byContact = new HashMap<>();
  private final Movements debits = new Movements("DEBITED");

  void mount(Endpoints endpoints) {
    endpoints
        .on(
            HttpMethod.POST,
            "/api/internal/companies/:companyId/customers/resolve",
            asked -> resolve(asked.id("companyId"), asked.body()))
        .on(
            HttpMethod.GET,
            "/api/internal/customers/:customerId",
            asked ->
                customer(asked.id("customerId"))
                    .map(Reply::ok)
                    .orElseGet(() -> Reply.problem(404, "customer-not-found")))
        .on(
            HttpMethod.PUT,
            "/api/internal/bonus-debits/:debitId",
            asked -> debits.put(asked.id("debitId"), asked.body(), this::debit))
        .on(
            HttpMethod.DELETE,
            "/api/internal/bonus-debits/:debitId",
            asked -> debits.delete(asked.id("debitId"), this::giveBack));
  }

  private synchronized Reply resolve(UUID companyId, JsonObject contact) {
    String userId = contact.getString("userId");
    String email = contact.getString("email");
    if (userId == null && email == null) {
      return Reply.problem(422, "invalid-contact");
    }
    UUID known = byContact.get(contactOf(companyId.toString(), userId == null ? email : userId));
    return Reply.ok(
        known != null
            ? customers.get(known)
            : put(
                UUID.randomUUID(),
                new JsonObject()
                    .put("companyId", companyId.toString())
                    .put("userId", userId)
                    .put("email", email)
                    .put("status", "NEW")
                    .put("bonusBalance", 0)));
  }

  private static String contactOf(String companyId, String userOrEmail) {
    return companyId + " " + userOrEmail;
  }

  synchronized Optional<JsonObject> customer(UUID id) {
    return Optional.ofNullable(customers.get(id));
  }

  /** Makes a customer, or changes the members that are named. */
  synchronized JsonObject put(UUID id, JsonObject members) {
    contacts(customers.getOrDefault(id, new JsonObject()))
        .forEach(old -> byContact.remove(old, id));
    JsonObject customer =
        customers.computeIfAbsent(
            id, made -> new JsonObject().put("status", "NEW").put("bonusBalance", 0));
    customer.mergeIn(members).put("id", id.toString());
    contacts(customer).forEach(contact -> byContact.putIfAbsent(contact, id));
    return customer;
  }

  private static List<String> contacts(JsonObject customer) {
    return Stream.of("userId", "email")
        .filter(member -> customer.getString(member) != null)
        .map(member -> contactOf(customer.getString("companyId"), customer.getString(member)))
        .toList();
  }

  private synchronized Optional<String> debit(JsonObject debit) {
    JsonObject customer = customers.get(UUID.fromString(debit.getString("customerId")));
    int points = debit.getInteger("points");
    if (customer == null || customer.getInteger("bonusBalance") < points) {
      return Optional.of("insufficient-bonus");
    }
    customer.put("bonusBalance", customer.getInteger("bonusBalance") - points);
    return Optional.empty();
  }

  private synchronized void giveBack(JsonObject debit) {
    JsonObject customer = customers.get(UUID.fromString(debit.getString("customerId")));
    customer.put("bonusBalance", customer.getInteger("bonusBalance") + debit.getInteger("points"));
  }

  JsonArray ledger() {
    return debits.ledger();
  }
}
