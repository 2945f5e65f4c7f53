package app.bookings.faults;

import app.bookings.testsupport.Bookings;
import app.bookings.testsupport.Bookings.Answer;
import app.bookings.testsupport.Processes;
import app.bookings.testsupport.Scene;
import app.bookings.testsupport.Scene.Customer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Customers who book, pay, click and cancel at random, at whichever replica answers. */
final class Load {

  private static final int CUSTOMERS_AT_ONCE = 12;

  private final Processes processes;
  private final Supplier<Bookings> anywhere;
  private final Scene scene;
  private final List<Scene.Session> sessions = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final Map<String, String> promised = new ConcurrentHashMap<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger unanswered = new AtomicInteger();
  private final AtomicInteger serverErrors = new AtomicInteger();
  private final AtomicInteger unavailable = new AtomicInteger();
  private volatile boolean on = true;

  /** At any replica at random, whether or not it is there. */
  Load(Processes processes, int replicas) {
    this(processes, () -> processes.bookings(ThreadLocalRandom.current().nextInt(replicas)));
  }

  /** At the replica that a gateway picks. */
  Load(Processes processes, Supplier<Bookings> anywhere) {
    this.processes = processes;
    this.anywhere = anywhere;
    this.scene = new Scene(processes.neighbours());
    for (int i = 0; i < 20; i++) {
      sessions.add(scene.sessionOf(100));
    }
    for (int i = 0; i < CUSTOMERS_AT_ONCE; i++) {
      Thread thread = new Thread(this::run);
      thread.start();
      threads.add(thread);
    }
  }

  private void run() {
    while (on) {
      try {
        oneCustomer();
      } catch (CompletionException | IllegalStateException died) {
        // The replica was killed meanwhile: what was promised before still holds.
        unanswered.incrementAndGet();
      }
    }
  }

  private void oneCustomer() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    Customer customer =
        scene.customer(
            new JsonObject().put("walletBalance", random.nextInt(10) == 0 ? "1.00" : "500.00"));
    Scene.Session session = sessions.get(random.nextInt(sessions.size()));
    scene.pass(customer, 1, null, 0);
    List<Method> methods = List.of(Method.values());
    Method method = methods.get(random.nextInt(methods.size()));
    asked.incrementAndGet();
    Answer created =
        noted(
            anywhere
                .get()
                .send(
                    "POST",
                    session.path(),
                    customer.token(),
                    method.order(session.towel.toString()).encode(),
                    Map.of()));
    if (created.status() >= 300) {
      return;
    }
    String id = created.text("id");
    promised.put(id, customer.id().toString());
    JsonObject payment = created.body().getJsonObject("payment");
    if (payment != null && payment.getString("checkoutUrl") != null) {
      String click = random.nextInt(3) == 0 ? "fail" : "pay";
      processes.neighbours().click(payment.getString("checkoutUrl"), click);
    }
    switch (random.nextInt(4)) {
      case 0 -> noted(anywhere.get().cancel(customer, id));
      case 1 -> noted(anywhere.get().pay(customer, id, "WALLET"));
      default -> noted(anywhere.get().get(customer, id));
    }
  }

  private Answer noted(Answer answer) {
    if (answer.status() == 503) {
      unavailable.incrementAndGet();
    } else if (answer.status() >= 500) {
      serverErrors.incrementAndGet();
    }
    return answer;
  }

  Scene scene() {
    return scene;
  }

  /** Bookings that a 2xx promised. */
  Map<String, String> promised() {
    return promised;
  }

  int asked() {
    return asked.get();
  }

  int unanswered() {
    return unanswered.get();
  }

  int serverErrors() {
    return serverErrors.get();
  }

  int unavailable() {
    return unavailable.get();
  }

  /** Whoever is under way is served yet. */
  void stop() {
    on = false;
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(stopped);
      }
    }
  }
}
