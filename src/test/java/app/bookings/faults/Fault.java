package app.bookings.faults;

import app.bookings.settle.Step;
import app.bookings.testsupport.InjectedSteps;
import app.bookings.testsupport.QuickRecovery;
import app.bookings.testsupport.Service;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import java.util.List;
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
      case REFUSED_CONNECTION -> {
        refusing.set(true);
        steps.letIn((step, b, s) -> refuse(step));
      }
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

  private static void crashAt(Step where, InjectedSteps steps) {
    steps.letIn((step, b, s) -> step == where ? steps.crash() : Uni.createFrom().voidItem());
  }

  /** The rules were asked for through the gate; the movement finds it shut. */
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
