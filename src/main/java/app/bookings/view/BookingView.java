package app.bookings.view;

import app.bookings.booking.BookedExtra;
import app.bookings.booking.Booking;
import app.bookings.booking.BookingSource;
import app.bookings.booking.BookingStatus;
import app.bookings.booking.PaymentState;
import app.bookings.settlement.PaymentMethod;
import app.bookings.settlement.SettlementState;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A booking as clients see it (api.md, "DTOs"). Money is a decimal string, currency ISO 4217. */
@Schema(name = "Booking", examples = BookingView.EXAMPLE)
public record BookingView(
    UUID id,
    UUID companyId,
    UUID activityId,
    UUID sessionId,
    UUID customerId,
    BookingStatus status,
    PaymentState paymentState,
    BookingSource source,
    @Schema(nullable = true) PaymentMethod paymentMethod,
    BigDecimal price,
    @Schema(description = "the extras that no pass covers") BigDecimal extrasTotal,
    @Schema(description = "what is to be paid in money or points") BigDecimal total,
    @Schema(examples = "EUR") String currency,
    boolean walletDebited,
    boolean bonusDebited,
    @Schema(nullable = true) UUID customerEntitlementId,
    Session session,
    List<Extra> extras,
    @Schema(nullable = true) Payment payment,
    @Schema(nullable = true) Refund refund,
    @Schema(nullable = true, description = "until when an unsettled booking keeps its place")
        Instant holdExpiresAt,
    @Schema(nullable = true, description = "null: a paid booking can't be cancelled")
        Instant cancellationDeadline,
    @Schema(nullable = true) Instant checkedInAt,
    @Schema(nullable = true) Instant cancelledAt,
    @Schema(nullable = true) String cancelReason,
    Instant createdAt,
    Instant updatedAt) {

  /** A booking that was paid by wallet. */
  public static final String EXAMPLE =
      """
      {"id": "01a20d9a-220f-7cd0-aebc-b68de4993578",
       "companyId": "11111111-1111-4111-8111-111111111111",
       "activityId": "22222222-2222-4222-8222-222222222222",
       "sessionId": "33333333-3333-4333-8333-333333333331",
       "customerId": "66666666-6666-4666-8666-666666666666",
       "status": "CONFIRMED", "paymentState": "PAID", "source": "SELF_BOOKED",
       "paymentMethod": "WALLET", "price": "25.00", "extrasTotal": "3.50", "total": "28.50",
       "currency": "EUR", "walletDebited": true, "bonusDebited": false,
       "customerEntitlementId": null,
       "session": {"title": "Morning yoga", "startsAt": "2026-12-01T12:00:00Z",
         "endsAt": "2026-12-01T13:30:00Z"},
       "extras": [{"extraId": "44444444-4444-4444-8444-444444444441", "name": "Towel",
         "quantity": 1, "price": "3.50", "pricePaid": "3.50", "coveredByEntitlementId": null}],
       "payment": null, "refund": null, "holdExpiresAt": null,
       "cancellationDeadline": "2026-11-30T12:00:00Z", "checkedInAt": null,
       "cancelledAt": null, "cancelReason": null,
       "createdAt": "2026-11-24T12:48:54.801035Z", "updatedAt": "2026-11-24T12:48:54.876778Z"}
      """;

  @Schema(name = "BookedSession")
  public record Session(String title, Instant startsAt, Instant endsAt) {}

  @Schema(name = "BookedExtra")
  public record Extra(
      UUID extraId,
      String name,
      int quantity,
      BigDecimal price,
      @Schema(description = "per unit actually billed") BigDecimal pricePaid,
      @Schema(nullable = true) UUID coveredByEntitlementId) {}

  @Schema(name = "CardPayment")
  public record Payment(
      UUID id,
      @Schema(enumeration = {"pending", "succeeded", "failed"}) String status,
      @Schema(nullable = true, description = "where the customer pays") String checkoutUrl) {}

  @Schema(name = "Refund")
  public record Refund(
      UUID id,
      @Schema(enumeration = {"PENDING", "APPROVED", "REJECTED"}) String status,
      BigDecimal amount) {}

  public static BookingView of(Booking booking) {
    return new BookingView(
        booking.id(),
        booking.parties().companyId(),
        booking.session().activityId(),
        booking.session().sessionId(),
        booking.parties().customerId(),
        booking.status(),
        booking.payment().state(),
        booking.lifecycle().source(),
        booking.payment().method(),
        booking.payment().price(),
        booking.extrasTotal(),
        booking.total(),
        booking.payment().currency(),
        booking.payment().walletDebited(),
        booking.payment().bonusDebited(),
        booking.payment().entitlementId(),
        new Session(
            booking.session().title(), booking.session().startsAt(), booking.session().endsAt()),
        booking.extras().stream().map(BookingView::extra).toList(),
        payment(booking),
        refund(booking),
        booking.lifecycle().holdExpiresAt(),
        booking.session().cancellationDeadline(),
        booking.gate().checkedInAt(),
        booking.lifecycle().cancelledAt(),
        booking.lifecycle().cancelReason(),
        booking.lifecycle().createdAt(),
        booking.lifecycle().updatedAt());
  }

  public static Extra extra(BookedExtra line) {
    return new Extra(
        line.extraId(),
        line.name(),
        line.quantity(),
        line.price(),
        line.pricePaid(),
        line.coveredByEntitlementId());
  }

  private static Payment payment(Booking booking) {
    return booking.settlements().all().stream()
        .filter(s -> s.id().equals(booking.payment().cardPaymentId()))
        .findFirst()
        .map(
            s ->
                new Payment(
                    s.id(),
                    switch (s.state()) {
                      case DUE, AWAITING -> "pending";
                      case DONE -> "succeeded";
                      case REFUSED, UNDO_DUE, UNDONE -> "failed";
                    },
                    s.state() == SettlementState.AWAITING ? s.checkoutUrl() : null))
        .orElse(null);
  }

  private static Refund refund(Booking booking) {
    return booking.settlements().all().stream()
        .filter(s -> !s.charge())
        .findFirst()
        .map(
            s ->
                new Refund(
                    s.idAtNeighbour(),
                    switch (s.state()) {
                      case DUE, AWAITING -> "PENDING";
                      case DONE -> "APPROVED";
                      case REFUSED, UNDO_DUE, UNDONE -> "REJECTED";
                    },
                    s.amount()))
        .orElse(null);
  }
}
