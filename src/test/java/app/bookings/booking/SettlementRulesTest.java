package app.bookings.booking;

import static app.bookings.booking.BookingFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.settlement.DeclineReason;
import app.bookings.settlement.Occasion;
import app.bookings.settlement.Outcome;
import app.bookings.settlement.PaymentMethod;
import app.bookings.settlement.Settlement;
import app.bookings.settlement.SettlementKind;
import app.bookings.settlement.SettlementState;
import app.bookings.testsupport.Fast;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What follows from what a neighbour said: every kind of settlement, wherever it stands, against
 * every outcome, for bookings in each situation. What is expected stands in {@code
 * settlement-rules.md}.
 */
@Fast
class SettlementRulesTest {

  private static final String TABLES = "settlement-rules.md";

  private static final Reseat FREE_PLACE = new Reseat(true, true, null, null);

  private static final Map<String, Outcome> CHARGED =
      outcomes(
          new Outcome.Refused(DeclineReason.PAYMENT_FAILED, true),
          new Outcome.Refused(DeclineReason.PAYMENT_FAILED, false),
          new Outcome.Failed(DeclineReason.PAYMENT_FAILED));

  private static final Map<String, Outcome> GIVEN =
      outcomes(
          new Outcome.Refused(null, true),
          new Outcome.Refused(null, false),
          new Outcome.Failed(null));

  private static Map<String, Outcome> outcomes(Outcome refused, Outcome perhaps, Outcome failed) {
    Map<String, Outcome> outcomes = new LinkedHashMap<>();
    outcomes.put("moved", new Outcome.Moved());
    outcomes.put("waiting", new Outcome.Waiting(null, null));
    outcomes.put("refused", refused);
    outcomes.put("refused, perhaps under way", perhaps);
    outcomes.put("failed", failed);
    outcomes.put("given back", new Outcome.GivenBack());
    return outcomes;
  }

  /** The booking of a situation, paid for by a settlement that stands there. */
  private static BookingFixture situation(
      String situation, SettlementKind kind, SettlementState state) {
    BookingFixture booking = BookingFixture.booking();
    PaymentMethod method = kind.charge() ? kind.method() : PaymentMethod.CARD;
    if (method == PaymentMethod.PASS) {
      booking.absorbedBy(UUID.randomUUID());
    }
    return switch (situation) {
      case "is held" ->
          booking
              .that(BookingStatus.PENDING)
              .by(method, PaymentState.UNPAID)
              .charged(kind, state, Occasion.CREATE, 1);
      case "is paid later" ->
          booking
              .by(PaymentMethod.ON_SITE, PaymentState.UNPAID)
              .charged(kind, state, Occasion.PAY, 1);
      case "is billed" -> booking.ofASlotAttendee().charged(kind, state, Occasion.BILLING, 1);
      case "was paid otherwise" ->
          booking.by(PaymentMethod.ON_SITE, PaymentState.PAID).charged(kind, state);
      case "was cancelled by the customer" ->
          booking
              .by(method, PaymentState.UNPAID)
              .cancelledBy(Transition.CANCELLED_BY_CUSTOMER)
              .charged(kind, state);
      case "has lost its place", "can have its place again" ->
          booking
              .by(method, PaymentState.UNPAID)
              .cancelledBy(Transition.HOLD_EXPIRED)
              .charged(kind, state);
      case "gives back" ->
          booking
              .by(PaymentMethod.CARD, PaymentState.REFUND_PENDING)
              .cancelledBy(Transition.CANCELLED_BY_CUSTOMER)
              .charged(SettlementKind.CARD_PAYMENT, SettlementState.DONE)
              .refunded(kind, state);
      default -> throw new IllegalArgumentException(situation);
    };
  }

  /** What an outcome makes of it: settlement, booking, its money, and what was begun. */
  private static String after(
      String situation, SettlementKind kind, SettlementState state, Outcome outcome) {
    Booking booking = situation(situation, kind, state).build();
    List<UUID> before = booking.settlements().all().stream().map(Settlement::id).toList();
    UUID settlement = before.get(before.size() - 1);
    Reseat reseat = situation.equals("can have its place again") ? FREE_PLACE : Reseat.NO;
    booking.record(settlement, outcome, reseat, Actor.SERVICE, NOW);
    String begun =
        booking.settlements().all().stream()
            .filter(s -> !before.contains(s.id()))
            .map(s -> " + " + s.kind())
            .collect(Collectors.joining());
    SettlementState now = booking.settlements().find(settlement).orElseThrow().state();
    return now + ", " + booking.status() + " " + booking.payment().state() + begun;
  }

  /** A line of a table: a kind in a situation, where it stands, and a cell for each outcome. */
  private record Row(
      String situation, SettlementKind kind, SettlementState state, List<String> cells) {}

  private static List<Row> rows() throws IOException {
    List<Row> rows = new ArrayList<>();
    List<SettlementKind> kinds = List.of();
    List<String> situations = List.of();
    for (String line : tables().lines().toList()) {
      List<String> cells = Arrays.stream(line.split("\\|", -1)).map(String::strip).skip(1).toList();
      if (line.startsWith("## ")) {
        String[] heading = line.substring(3).split(" of a booking that ", 2);
        kinds = Arrays.stream(heading[0].split(", ", -1)).map(SettlementKind::valueOf).toList();
        situations = List.of(heading[1].split(" or ", -1));
      } else if (cells.size() > 1 && cells.get(0).matches("[A-Z_]+")) {
        SettlementState state = SettlementState.valueOf(cells.get(0));
        List<String> expected = cells.subList(1, cells.size() - 1);
        for (SettlementKind kind : kinds) {
          situations.forEach(s -> rows.add(new Row(s, kind, state, expected)));
        }
      }
    }
    return rows;
  }

  private static String tables() throws IOException {
    try (InputStream file = SettlementRulesTest.class.getResourceAsStream(TABLES)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  static Stream<Arguments> cells() throws IOException {
    return rows().stream()
        .flatMap(
            row -> {
              Map<String, Outcome> outcomes = row.kind().charge() ? CHARGED : GIVEN;
              List<String> names = List.copyOf(outcomes.keySet());
              return names.stream()
                  .filter(name -> !row.cells().get(names.indexOf(name)).equals("—"))
                  .map(
                      name ->
                          Arguments.of(
                              row.situation(),
                              row.kind(),
                              row.state(),
                              name,
                              row.cells().get(names.indexOf(name))));
            });
  }

  @ParameterizedTest(name = "{1} of a booking that {0}: {2}, {3}")
  @MethodSource("cells")
  void followsAsTheTablesSay(
      String situation, SettlementKind kind, SettlementState state, String outcome, String cell) {
    Outcome said = (kind.charge() ? CHARGED : GIVEN).get(outcome);
    assertThat(after(situation, kind, state, said)).isEqualTo(cell);
  }

  /** Only a checkout or a refund waits for somebody, and no refund is ever undone. */
  private static boolean occurs(SettlementKind kind, SettlementState state) {
    return switch (state) {
      case DUE, DONE, REFUSED -> true;
      case AWAITING -> !kind.charge() || kind == SettlementKind.CARD_PAYMENT;
      case UNDO_DUE, UNDONE -> kind.charge();
    };
  }

  @Test
  void theTablesHoldEveryKindInEveryStateAgainstEveryOutcome() throws IOException {
    TreeSet<String> told = new TreeSet<>();
    cells().map(Arguments::get).forEach(cell -> told.add(cell[1] + " " + cell[2] + " " + cell[3]));
    TreeSet<String> all = new TreeSet<>();
    for (SettlementKind kind : SettlementKind.values()) {
      for (SettlementState state : SettlementState.values()) {
        for (String outcome : CHARGED.keySet()) {
          if (occurs(kind, state)
              && (!outcome.equals("waiting") || occurs(kind, SettlementState.AWAITING))) {
            all.add(kind + " " + state + " " + outcome);
          }
        }
      }
    }
    assertThat(told).isEqualTo(all);
  }

  /** An earlier try, of somebody who lost the claim, may still be on its way. */
  @Test
  void aNoToOneThatWasClaimedBeforeIsVoided() {
    Booking booking =
        situation("is held", SettlementKind.WALLET_DEBIT, SettlementState.DUE)
            .and(Settlement::claimed)
            .build();
    UUID id = booking.settlements().all().get(0).id();
    booking.record(id, CHARGED.get("refused"), Reseat.NO, Actor.SERVICE, NOW);
    assertThat(booking.settlements().all())
        .extracting(Settlement::state)
        .containsExactly(SettlementState.UNDO_DUE);
  }

  /** A checkout that is open past its end is cancelled, unless the end of a hold sees to it. */
  @ParameterizedTest
  @CsvSource({
    "is held, 900, AWAITING",
    "is paid later, 899, AWAITING",
    "is paid later, 900, UNDO_DUE",
    "is paid later, 901, UNDO_DUE"
  })
  void aCheckoutIsOpenUntilItsEnd(String situation, int seconds, SettlementState then) {
    Booking booking =
        situation(situation, SettlementKind.CARD_PAYMENT, SettlementState.AWAITING).build();
    UUID id = booking.settlements().all().get(0).id();
    Instant now = NOW.plusSeconds(seconds);
    booking.record(id, CHARGED.get("waiting"), Reseat.NO, Actor.SERVICE, now);
    assertThat(booking.settlements().all()).extracting(Settlement::state).containsExactly(then);
  }

  /** Where no pass fits nobody is asked: the refusal is there from the beginning. */
  @Test
  void whatIsRefusedFromTheBeginningIsConcludedAtOnce() {
    Booking booking = Beginning.NO_PASS.booking(false, NOW);
    booking.conclude(Actor.neighbour("/passes"), NOW);
    assertThat(booking.status()).isEqualTo(BookingStatus.CANCELLED);
    assertThat(booking.lifecycle().cancelReason()).isEqualTo("entitlement-not-usable");
    assertThat(booking.pending().all())
        .extracting(change -> change.event().type() + " by " + change.actor().name())
        .containsExactly("booking.created by bookings", "booking.cancelled by /passes");
  }
}
