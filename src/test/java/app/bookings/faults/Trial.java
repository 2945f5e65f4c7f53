package app.bookings.faults;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.testsupport.Bookings;
import app.bookings.testsupport.Bookings.Answer;
import app.bookings.testsupport.InjectedSteps;
import app.bookings.testsupport.OtherServices;
import app.bookings.testsupport.Scene;
import app.bookings.testsupport.Scene.Customer;
import app.bookings.testsupport.Service;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * One operation under one fault, for every method: the scene is set without the fault, the
 * operation meets it, it ends, and recovery does the rest. Each method has a company of its own.
 */
final class Trial {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Bookings bookings = Service.BOOKINGS;
  private final Operation operation;
  private final Fault fault;
  private final InjectedSteps steps;
  private final Map<Method, Subject> subjects = new EnumMap<>(Method.class);
  private boolean acted;
  private boolean recovered;

  Trial(Operation operation, Fault fault, InjectedSteps steps) {
    this.operation = operation;
    this.fault = fault;
    this.steps = steps;
  }

  String name() {
    return operation + " " + fault;
  }

  UUID company(Method method) {
    return subjects.get(method).scene.company;
  }

  /** The booking of a method is what it must be, and all books agree. */
  void check(Method method) {
    if (!acted) {
      act();
      recover();
    }
    assertThat(recovered).as("the operation itself has failed, see the first cell").isTrue();
    Subject subject = subjects.get(method);
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> bookings.get(subject.customer, subject.id).booking(operation.outcome(method)));
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(disagreements(method)).isEmpty());
  }

  List<String> disagreements(Method method) {
    UUID company = company(method);
    return Service.books().disagreements(Service.NEIGHBOURS.ledger(), company::equals).stream()
        .filter(wrong -> !wrong.startsWith("unfinished") || wrong.contains(subjects.get(method).id))
        .toList();
  }

  /** Up to where the fault still strikes. */
  void act() {
    acted = true;
    for (Method method : Method.values()) {
      subjects.put(method, new Subject(method));
    }
    if (fault == Fault.REFUSED_CONNECTION) {
      // A gate is shut for all: one after the other, so that the rules can be asked for.
      for (Subject subject : subjects.values()) {
        Fault.refuseConnections(steps, subject.customer.id());
        subject.act();
        fault.end(steps);
      }
      return;
    }
    fault.begin(steps);
    CompletableFuture.allOf(
            subjects.values().stream()
                .map(subject -> CompletableFuture.runAsync(subject::act))
                .toArray(CompletableFuture[]::new))
        .orTimeout(2, TimeUnit.MINUTES)
        .join();
  }

  void recover() {
    fault.end(steps);
    subjects.values().forEach(Subject::payByCard);
    recovered = true;
  }

  /** A customer, their session and their booking. */
  private final class Subject {
    private final Scene scene = Service.scene();
    private final Method method;
    private final Scene.Session session = scene.session();
    private final Customer customer = scene.customer();
    private String id;

    Subject(Method method) {
      this.method = method;
      scene.pass(customer, 1, null, 0);
      boolean cardExpires = operation == Operation.EXPIRY && method == Method.CARD;
      switch (operation) {
        case PAY ->
            id = create(method.order(session.towel.toString()).put("paymentMethod", "ON_SITE"));
        case CANCEL, SESSION_CANCELLED -> {
          id = create(method.order(session.towel.toString()));
          if (method == Method.CARD) {
            click(bookings.get(customer, id));
          }
          bookings.becomes(customer, id, method.settled());
        }
        case EXPIRY -> id = cardExpires ? create(method.order(session.towel.toString())) : null;
        case CREATE -> id = null;
      }
    }

    /** Where an open breaker refused it before anything was written, a client tries again. */
    private static Answer answered(Callable<Answer> request) {
      return Awaitility.await().atMost(PATIENCE).until(request, a -> a.status() != 503);
    }

    private String create(JsonObject body) {
      Answer answer = answered(() -> bookings.create(customer, session, body));
      assertThat(answer.status()).as("%s", answer.body()).isIn(201, 202);
      return answer.text("id");
    }

    void act() {
      switch (operation) {
        case CREATE -> id = create(method.order(session.towel.toString()));
        case PAY ->
            assertThat(answered(() -> bookings.pay(customer, id, method.payment())).status())
                .isIn(200, 202);
        case CANCEL -> assertThat(bookings.cancel(customer, id).status()).isIn(200, 202);
        case SESSION_CANCELLED -> sessionCancelled();
        case EXPIRY -> {
          if (id == null) {
            id = create(method.order(session.towel.toString()));
          }
          Service.books()
              .query(
                  "UPDATE bookings.bookings SET hold_expires_at = now()"
                      + " WHERE id = ?::uuid AND status = 'PENDING'",
                  id);
          Awaitility.await()
              .atMost(PATIENCE)
              .until(() -> bookings.get(customer, id).text("status").equals("CANCELLED"));
        }
      }
    }

    private void sessionCancelled() {
      new OtherServices()
          .tell(
              "/catalog",
              "session.cancelled",
              new JsonObject().put("sessionId", session.id.toString()));
      Awaitility.await()
          .atMost(PATIENCE)
          .until(
              () ->
                  List.of("CANCELLED", "REFUNDED")
                      .contains(bookings.get(customer, id).text("status")));
    }

    /** Once the checkout is there at last. */
    void payByCard() {
      boolean pays = operation == Operation.CREATE || operation == Operation.PAY;
      if (method == Method.CARD && pays) {
        Awaitility.await()
            .atMost(PATIENCE)
            .until(() -> bookings.get(customer, id).checkout() != null);
        click(bookings.get(customer, id));
      }
    }

    private void click(Answer booking) {
      Service.NEIGHBOURS.click(booking.checkout(), "pay");
    }
  }
}
