package app.bookings.catalog;

import app.bookings.booking.PaymentMethod;
import app.bookings.booking.SessionSnapshot;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * A session with what its activity fixes, as catalog has it (contracts/catalog.yaml).
 *
 * @param currency ISO 4217
 * @param capacity places; null is unlimited
 * @param bookingWindowHours booking opens this long before the start; null is at any time
 * @param cancellationWindowHours free cancelling ends this long before the start; null forbids it
 */
@RegisterForReflection
public record Session(
    UUID id,
    UUID companyId,
    UUID activityId,
    String title,
    Instant startsAt,
    Instant endsAt,
    Status status,
    ActivityStatus activityStatus,
    BigDecimal price,
    String currency,
    Integer capacity,
    List<PaymentMethod> allowedPaymentMethods,
    Integer bookingWindowHours,
    Integer cancellationWindowHours,
    List<Extra> extras) {

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

  /** An extra that can be bought with the session. */
  @RegisterForReflection
  public record Extra(UUID id, String name, BigDecimal price, int maxQuantity, boolean available) {
    public Extra {
      Objects.requireNonNull(id);
      Objects.requireNonNull(name);
      price = price.setScale(2, RoundingMode.UNNECESSARY);
    }
  }

  public Session {
    Objects.requireNonNull(id);
    Objects.requireNonNull(companyId);
    Objects.requireNonNull(activityId);
    Objects.requireNonNull(title);
    Objects.requireNonNull(startsAt);
    Objects.requireNonNull(endsAt);
    Objects.requireNonNull(currency);
    price = price.setScale(2, RoundingMode.UNNECESSARY);
    allowedPaymentMethods = allowedPaymentMethods.stream().filter(Objects::nonNull).toList();
    extras = List.copyOf(extras);
  }

  /** Capacity is ours to judge, so a session that catalog calls BOOKED is bookable too. */
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
    return new SessionSnapshot(title, startsAt, endsAt, deadline);
  }
}
