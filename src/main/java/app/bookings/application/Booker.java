package app.bookings.application;

import app.bookings.booking.Actor;
import app.bookings.settlement.PaymentMethod;
import io.smallrye.mutiny.Uni;
import java.util.UUID;

/**
 * Who books: a signed-in user, or a guest, known only by their contact (domain.md, "Booking
 * rules").
 */
public sealed interface Booker {

  /** The user behind the booking; null for a guest. */
  UUID userId();

  Actor actor();

  /** Whether they may pay with it, as far as that does not depend on the session. */
  boolean mayUse(PaymentMethod method);

  /** A customer with an account. */
  record SignedIn(UUID userId) implements Booker {
    @Override
    public Actor actor() {
      return Actor.user(userId);
    }

    @Override
    public boolean mayUse(PaymentMethod method) {
      return true;
    }
  }

  /**
   * Somebody without an account. The contact is passed on to companies, and neither stored nor
   * logged here (security.md, "Personal data").
   *
   * @param phone may be null, as may name
   * @param counted counts the contact among those that were tried; fails when it was tried too
   *     often. Asked before anything is answered that depends on whose contact it is
   */
  record Guest(String email, String phone, String name, Uni<Void> counted) implements Booker {

    @Override
    public UUID userId() {
      return null;
    }

    @Override
    public Actor actor() {
      return Actor.GUEST;
    }

    @Override
    public boolean mayUse(PaymentMethod method) {
      return method.openToGuests();
    }

    /** Nothing of the contact, wherever it may be printed. */
    @Override
    public String toString() {
      return "Guest";
    }
  }
}
