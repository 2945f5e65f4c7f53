package app.bookings.http.guest;

import app.bookings.application.Booker;
import app.bookings.application.PaymentChoice;
import app.bookings.http.Bounded;
import app.bookings.http.CreateBookingRequest;
import app.bookings.http.CreateBookingRequest.ChosenExtra;
import app.bookings.http.ResultUrl;
import app.bookings.settlement.PaymentMethod;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The body of a guest's create: the client's, and how to reach the guest (api.md, "Guest"). */
@Schema(
    name = "CreateGuestBooking",
    additionalProperties = Schema.False.class,
    examples = "{\"paymentMethod\":\"ON_SITE\",\"email\":\"guest@example.com\"}")
public record GuestBookingRequest(
    @NotNull PaymentMethod paymentMethod,
    @Schema(nullable = true) UUID entitlementId,
    @Schema(nullable = true) PaymentMethod extrasPaymentMethod,
    @Schema(nullable = true) @ResultUrl String resultUrl,
    @Schema(nullable = true) @Size(max = CreateBookingRequest.MOST_EXTRAS)
        List<@NotNull @Valid ChosenExtra> extras,
    @Schema(nullable = true) @Pattern(regexp = CreateBookingRequest.MONEY) String expectedTotal,
    @NotNull @Email @Size(min = 3, max = 254) @Schema(format = "email") String email,
    @Schema(nullable = true) @Size(max = 200) @Pattern(regexp = TEXT) String name,
    @Schema(nullable = true) @Pattern(regexp = PHONE) String phone) {

  /** As every dialect of regular expressions has it. */
  static final String TEXT = "[^\\x00-\\x1f\\x7f]*";

  static final String PHONE = "\\+?[0-9 ()./-]{3,30}";

  public GuestBookingRequest {
    extras = Bounded.list(extras, CreateBookingRequest.MOST_EXTRAS);
  }

  PaymentChoice choice() {
    return new CreateBookingRequest(
            paymentMethod, entitlementId, extrasPaymentMethod, resultUrl, extras, expectedTotal)
        .choice();
  }

  /** As the company knows the guest: addresses that differ in case alone are one. */
  String address() {
    return email.strip().toLowerCase(Locale.ROOT);
  }

  Booker.Guest guest(Uni<Void> counted) {
    return new Booker.Guest(address(), phone, name, counted);
  }

  /** Nothing of the contact, wherever it may be printed. */
  @Override
  public String toString() {
    return "GuestBookingRequest";
  }
}
