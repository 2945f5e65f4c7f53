package app.bookings.faults;

import app.bookings.settle.Step;
import app.bookings.testsupport.InjectedSteps;
import app.bookings.testsupport.QuickRecovery;
import app.bookings.testsupport.Service;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/** What goes wrong at the movement, and goes on going wrong until it is ended. */
enum Fault {
  NONE(null),
  CRASH_BEFORE_CALL(null),
  CRASH_AFTER_CALL(null),
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

  private final String sandboxKind;

  Fault(String sandboxKind) {
    this.sandboxKind = sandboxKind;
  }

  void begin(InjectedSteps steps) {
    switch (this) {
      case NONE -> steps.nobody();
      case CRASH_BEFORE_CALL -> crashAt(Step.BEFORE_CALL, steps);
      case CRASH_AFTER_CALL -> crashAt(Step.AFTER_CALL, steps);
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
            booking.customerId().equals(customerId) ? refuse(step) : Uni.createFrom().voidItem());
  }

  private static void crashAt(Step where, InjectedSteps steps) {
    steps.letIn((step, b, s) -> step == where ? steps.crash() : Uni.createFrom().voidItem());
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
