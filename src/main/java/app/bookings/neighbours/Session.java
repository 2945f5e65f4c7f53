package app.bookings.neighbours;

import app.bookings.booking.SessionSnapshot;
import app.bookings.platform.WireTime;
import app.bookings.settlement.PaymentMethod;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A session with what its activity fixes, as catalog has it (contracts.md, "Catalog").
 *
 * @param currency ISO 4217
 * @param capacity places; null is unlimited
 * @param bookingWindowHours booking opens this long before the start; null is at any time
 * @param cancellationWindowHours free cancelling ends this long before the start; null forbids it
 */
@RegisterForReflection
public record Session(
    @JsonProperty(required = true) UUID id,
    @JsonProperty(required = true) UUID companyId,
    @JsonProperty(required = true) UUID activityId,
    @JsonProperty(required = true) String title,
    @JsonProperty(required = true) Instant startsAt,
    @JsonProperty(required = true) Instant endsAt,
    @JsonProperty(required = true) Status status,
    @JsonProperty(required = true) ActivityStatus activityStatus,
    @JsonProperty(required = true) BigDecimal price,
    @JsonProperty(required = true) String currency,
    Integer capacity,
    @JsonProperty(required = true) List<PaymentMethod> allowedPaymentMethods,
    Integer bookingWindowHours,
    Integer cancellationWindowHours,
    @JsonProperty(required = true) List<Extra> extras) {

  private static final int CENTURY_IN_HOURS = 876_000;
  private static final int MOST_UNITS = 100;

  public enum Status {
    AVAILABLE,
    BOOKED,
    CANCELLED
  }

  public enum ActivityStatus {
    DRAFT,
    PUBLISHED,
    ARCHIVED,
    CANCELLED
  }

  /**
   * An extra that can be bought with the session.
   *
   * @param maxQuantity units in one booking; where catalog has no limit, ours
   */
  @RegisterForReflection
  public record Extra(
      @JsonProperty(required = true) UUID id,
      @JsonProperty(required = true) String name,
      @JsonProperty(required = true) BigDecimal price,
      @JsonProperty(required = true) Integer maxQuantity,
      @JsonProperty(required = true) boolean available) {
    public Extra {
      Contract.holds(id != null && price != null);
      Contract.holds(maxQuantity == null || maxQuantity >= 1);
      name = Contract.text(name);
      maxQuantity = maxQuantity == null ? MOST_UNITS : maxQuantity;
    }
  }

  /** Holds what catalog says against its contract. */
  public Session {
    Contract.holds(id != null && companyId != null && activityId != null);
    Contract.holds(status != null && activityStatus != null && price != null);
    Contract.holds(startsAt != null && endsAt != null && startsAt.isBefore(endsAt));
    Contract.holds(WireTime.ofSession(startsAt) && WireTime.ofSession(endsAt));
    Contract.holds(currency != null && currency.matches("[A-Z]{3}"));
    Contract.holds(capacity == null || capacity >= 0);
    Contract.holds(allowedPaymentMethods != null && extras != null);
    Contract.holds(!allowedPaymentMethods.contains(PaymentMethod.FREE));
    Contract.holds(window(bookingWindowHours) && window(cancellationWindowHours));
    title = Contract.text(title);
    allowedPaymentMethods = List.copyOf(allowedPaymentMethods);
    extras = List.copyOf(extras);
  }

  private static boolean window(Integer hours) {
    return hours == null || (hours >= 0 && hours <= CENTURY_IN_HOURS);
  }

  /**
   * This service decides whether a session is full, so one that catalog calls BOOKED can be booked.
   */
  public boolean bookableAt(Instant now) {
    boolean open =
        bookingWindowHours == null
            || !now.isBefore(startsAt.minus(Duration.ofHours(bookingWindowHours)));
    return offered() && open && now.isBefore(startsAt);
  }

  /** Neither called off nor of an activity that is not published. */
  public boolean offered() {
    return (status == Status.AVAILABLE || status == Status.BOOKED)
        && activityStatus == ActivityStatus.PUBLISHED;
  }

  public Optional<Extra> extra(UUID extraId) {
    return extras.stream().filter(extra -> extra.id().equals(extraId)).findFirst();
  }

  /** The same session at other times. */
  public Session movedTo(Instant newStart, Instant newEnd) {
    return new Session(
        id,
        companyId,
        activityId,
        title,
        newStart,
        newEnd,
        status,
        activityStatus,
        price,
        currency,
        capacity,
        allowedPaymentMethods,
        bookingWindowHours,
        cancellationWindowHours,
        extras);
  }

  /** What a booking remembers of it. */
  public SessionSnapshot snapshot() {
    Instant deadline =
        cancellationWindowHours == null
            ? null
            : startsAt.minus(Duration.ofHours(cancellationWindowHours));
    return new SessionSnapshot(activityId, id, title, startsAt, endsAt, deadline);
  }
}
