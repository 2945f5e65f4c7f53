package app.bookings.sandbox;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Movements whose id the caller chooses, as all contracts promise them: repeats are harmless, a
 * decline leaves no trace, an undo of what never was fences it (contracts.md, "Movements").
 */
final class Movements {

  private final String done;
  private final Map<UUID, JsonObject> asked = new LinkedHashMap<>();
  private final Map<UUID, String> states = new LinkedHashMap<>();

  /**
   * Movements of one kind.
   *
   * @param done the state of what moved, such as DEBITED
   */
  Movements(String done) {
    this.done = done;
  }

  /**
   * Makes a movement, once.
   *
   * @param move does it, or says with which slug it is declined
   */
  synchronized Reply put(UUID id, JsonObject body, Function<JsonObject, Optional<String>> move) {
    if ("VOIDED".equals(states.get(id))) {
      return Reply.problem(409, "voided");
    }
    if (asked.containsKey(id)) {
      return asked.get(id).equals(body) ? Reply.ok(view(id)) : Reply.problem(409, "id-reused");
    }
    Optional<String> declined = move.apply(body);
    if (declined.isPresent()) {
      return Reply.problem(422, declined.get());
    }
    asked.put(id, body);
    states.put(id, done);
    return Reply.json(201, view(id));
  }

  synchronized Reply delete(UUID id, Consumer<JsonObject> giveBack) {
    if (done.equals(states.get(id))) {
      giveBack.accept(asked.get(id));
      states.put(id, "REVERSED");
    } else {
      states.putIfAbsent(id, "VOIDED");
    }
    return Reply.ok(view(id));
  }

  private JsonObject view(UUID id) {
    JsonObject view = new JsonObject().put("id", id.toString()).put("state", states.get(id));
    return asked.containsKey(id) ? view.mergeIn(asked.get(id)) : view;
  }

  /** All of them, for whoever checks the books. */
  synchronized io.vertx.core.json.JsonArray ledger() {
    io.vertx.core.json.JsonArray ledger = new io.vertx.core.json.JsonArray();
    states.keySet().forEach(id -> ledger.add(view(id)));
    return ledger;
  }
}
