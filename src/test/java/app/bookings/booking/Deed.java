package app.bookings.booking;

import app.bookings.settlement.ExtraQuantity;
import app.bookings.settlement.Money;
import app.bookings.settlement.PaymentMethod;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What people and time do to a booking, at any moment; it may be refused. */
enum Deed {
  CANCEL {
    @Override
    void on(Booking booking, Instant now) {
      booking.cancel("no more", Actor.SERVICE, now);
    }
  },
  CALL_OFF {
    @Override
    void on(Booking booking, Instant now) {
      booking.endBecause(Transition.SESSION_CANCELLED, Actor.SERVICE, now);
    }
  },
  LET_THE_HOLD_RUN_OUT {
    @Override
    void on(Booking booking, Instant now) {
      Instant end = booking.lifecycle().holdExpiresAt();
      booking.expire(end == null ? now : end);
    }
  },
  PAY_BY_WALLET {
    @Override
    void on(Booking booking, Instant now) {
      pay(booking, PaymentMethod.WALLET, now);
    }
  },
  PAY_BY_POINTS {
    @Override
    void on(Booking booking, Instant now) {
      pay(booking, PaymentMethod.BONUS, now);
    }
  },
  PAY_BY_CARD {
    @Override
    void on(Booking booking, Instant now) {
      pay(booking, PaymentMethod.CARD, now);
    }
  },
  /** It covers all extras, or none, by the second. */
  PAY_BY_A_PASS {
    @Override
    void on(Booking booking, Instant now) {
      if (booking.payment().absorbed()) {
        return;
      }
      UUID pass = UUID.randomUUID();
      List<ExtraQuantity> covered =
          now.getEpochSecond() % 2 == 0 ? List.of() : ExtraLines.quantities(booking.extras());
      List<BookedExtra> split = ExtraLines.split(booking.extras(), covered, pass);
      BigDecimal rest = split.stream().map(BookedExtra::amount).reduce(Money.ZERO, BigDecimal::add);
      begin(
          booking,
          new PaymentPlan(PaymentMethod.PASS, pass, split, rest, PaymentMethod.WALLET),
          covered,
          now);
    }
  },
  BILL {
    @Override
    void on(Booking booking, Instant now) {
      BillingRules.bill(booking, now.getEpochSecond() % 2 == 0 ? UUID.randomUUID() : null, now);
    }
  },
  TOP_UP {
    @Override
    void on(Booking booking, Instant now) {
      BillingRules.retry(booking, now, now);
    }
  },
  LET_IN {
    @Override
    void on(Booking booking, Instant now) {
      GateCheck.checkIn(booking, UUID.randomUUID(), null, Actor.SERVICE, now);
    }
  },
  PAY_AT_THE_DESK {
    @Override
    void on(Booking booking, Instant now) {
      OnSitePayment.settle(booking, Actor.SERVICE, now);
    }
  },
  WAIVE {
    @Override
    void on(Booking booking, Instant now) {
      OnSitePayment.waive(booking, "long known", Actor.SERVICE, now);
    }
  };

  /**
   * Does it.
   *
   * @throws app.bookings.problem.Problem where the rules refuse it
   */
  abstract void on(Booking booking, Instant now);

  private static void pay(Booking booking, PaymentMethod method, Instant now) {
    PaymentPlan plan = new PaymentPlan(method, null, booking.extras(), booking.total(), method);
    begin(booking, plan, List.of(), now);
  }

  private static void begin(
      Booking booking, PaymentPlan plan, List<ExtraQuantity> covered, Instant now) {
    Instant until = now.plus(Duration.ofMinutes(15));
    PaymentRules.begin(booking, plan, covered, null, until, Actor.SERVICE, now);
  }
}
