package app.bookings.faults;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** A customer of the storm: the model's half of a customer. */
final class Person {

  /** Null for guests. */
  final String token;

  /** Null for those with an account. */
  final String email;

  final boolean poor;
  final List<Order> orders = new CopyOnWriteArrayList<>();

  /** A guest's is known from the first booking. */
  volatile UUID id;

  /** The user a guest became; null while none. */
  volatile UUID linkedTo;

  volatile boolean toppedUp;
  volatile boolean deletionAsked;
  volatile boolean deleted;

  Person(UUID id, String token, String email, boolean poor) {
    this.id = id;
    this.token = token;
    this.email = email;
    this.poor = poor;
  }

  boolean guest() {
    return token == null;
  }

  /** Whether an order other than this one may have a booking in the session. */
  boolean mayBeIn(Slot slot, Order except) {
    return orders.stream().anyMatch(o -> o != except && o.slot == slot && o.mayExist);
  }
}
