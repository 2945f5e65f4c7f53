package app.bookings.faults;

import app.bookings.settling.Step;
import app.bookings.testsupport.InjectedSteps;
import app.bookings.testsupport.QuickRecovery;
import app.bookings.testsupport.Service;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;

/** What goes wrong at the movement, and goes on going wrong until it is ended. */
enum Fault {
  NONE(null),
  CRASH_BEFORE_CALL(null),
  CRASH_AFTER_CALL(null),
  CLAIM_LOST_BEFORE_CALL(null),
  CLAIM_LOST_AFTER_CALL(null),
  CLAIM_LOST_AFTER_NOTE(null),
  REFUSED_CONNECTION(null),
  ERROR_500("ERROR_BEFORE"),
  ERROR_500_AFTER_DOING("ERROR_AFTER"),
  TIMEOUT_AFTER_DOING("DELAY_AFTER"),
  ANSWER_LOST("DROP_AFTER"),
  GARBAGE_ANSWER("GARBAGE_AFTER");

  private static final List<String> MOVEMENTS =
      List.of(
          "/debits/",
          "/refund-requests/",
          "/bonus-debits/",
          "/redemptions/",
          "/payments/api",
          "/payment-refunds/");

  private static final AtomicBoolean refusing = new AtomicBoolean();

  /** Who claims has threads of its own: the event loop waits for nobody. */
  private static final ExecutorService WORKERS = Executors.newCachedThreadPool();

  private final String sandboxKind;

  Fault(String sandboxKind) {
    this.sandboxKind = sandboxKind;
  }

  /** Whether the movement does not come about while the fault goes on. */
  boolean holdsUp() {
    return this != CLAIM_LOST_BEFORE_CALL
        && this != CLAIM_LOST_AFTER_CALL
        && this != CLAIM_LOST_AFTER_NOTE;
  }

  void begin(InjectedSteps steps) {
    switch (this) {
      case NONE -> steps.nobody();
      case CRASH_BEFORE_CALL -> crashAt(Step.BEFORE_CALL, steps);
      case CRASH_AFTER_CALL -> crashAt(Step.AFTER_CALL, steps);
      case CLAIM_LOST_BEFORE_CALL -> claimLostAt(Step.BEFORE_CALL, steps);
      case CLAIM_LOST_AFTER_CALL -> claimLostAt(Step.AFTER_CALL, steps);
      case CLAIM_LOST_AFTER_NOTE -> claimLostAt(Step.AFTER_NOTE, steps);
      case REFUSED_CONNECTION -> throw new IllegalStateException("for one customer at a time");
      default ->
          MOVEMENTS.forEach(
              path ->
                  Service.NEIGHBOURS.fault(
                      new JsonObject()
                          .put("path", path)
                          .put("kind", sandboxKind)
                          .put("delayMillis", 1500)));
    }
  }

  /**
   * Refuses connections once this customer's booking is about to be settled: the rules were asked
   * for through the gates before. Recovery is at bookings of other tests, too; they shut no gate.
   */
  static void refuseConnections(InjectedSteps steps, UUID customerId) {
    refusing.set(true);
    steps.letIn(
        (step, booking, s) ->
            booking.parties().customerId().equals(customerId)
                ? refuse(step)
                : Uni.createFrom().voidItem());
  }

  private static void crashAt(Step where, InjectedSteps steps) {
    steps.letIn((step, b, s) -> step == where ? steps.crash() : Uni.createFrom().voidItem());
  }

  /** Whoever is first at a movement goes on when a worker has claimed it, or what follows it. */
  private static void claimLostAt(Step where, InjectedSteps steps) {
    Set<UUID> lost = ConcurrentHashMap.newKeySet();
    steps.letIn(
        (step, booking, settlement) ->
            step == where && lost.add(settlement.id())
                ? Uni.createFrom()
                    .completionStage(
                        CompletableFuture.runAsync(() -> claimedByAnother(booking.id()), WORKERS))
                : Uni.createFrom().voidItem());
  }

  private static void claimedByAnother(UUID booking) {
    boolean due =
        !Service.books()
            .query(
                "UPDATE bookings.settlements SET due_at = now()"
                    + " WHERE booking_id = ? AND due_at IS NOT NULL RETURNING 1",
                booking)
            .isEmpty();
    if (due) {
      Awaitility.await()
          .until(
              () ->
                  Service.books()
                      .query(
                          "SELECT 1 FROM bookings.settlements"
                              + " WHERE booking_id = ? AND due_at <= now()",
                          booking)
                      .isEmpty());
    }
  }

  private static Uni<Void> refuse(Step step) {
    synchronized (refusing) {
      if (step == Step.BEFORE_CALL && refusing.get()) {
        for (String neighbour : List.of("companies", "passes", "wallet", "payments")) {
          QuickRecovery.gate(neighbour).shut();
        }
      }
    }
    return Uni.createFrom().voidItem();
  }

  void end(InjectedSteps steps) {
    steps.nobody();
    // A step that was reached before must not shut a gate afterwards.
    synchronized (refusing) {
      refusing.set(false);
      QuickRecovery.openAll();
    }
    Service.NEIGHBOURS.reset();
  }
}
