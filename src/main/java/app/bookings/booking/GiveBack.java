package app.bookings.booking;

import app.bookings.settlement.PaymentMethod;
import java.math.BigDecimal;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Something that goes back to the customer.
 *
 * @param to where it goes: a signed-in customer's card payment goes to the wallet
 * @param amount money for WALLET and CARD, points for BONUS, uses for PASS
 */
public record GiveBack(
    @Schema(enumeration = {"WALLET", "CARD", "BONUS", "PASS"}) PaymentMethod to,
    @Schema(description = "money for WALLET and CARD, points for BONUS, uses for PASS")
        BigDecimal amount) {}
