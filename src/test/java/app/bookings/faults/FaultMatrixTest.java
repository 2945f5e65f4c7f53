package app.bookings.faults;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.testsupport.Books;
import app.bookings.testsupport.InjectedSteps;
import app.bookings.testsupport.QuickRecovery;
import app.bookings.testsupport.Service;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * reliability.md, "Fault model": every method, at every operation, under every fault. The matrix is
 * the product of three lists; a new method, operation or fault is one word in its list.
 */
@QuarkusTest
@TestProfile(QuickRecovery.class)
class FaultMatrixTest {

  @Inject InjectedSteps steps;

  @AfterEach
  void reset() {
    steps.nobody();
    QuickRecovery.openAll();
    Service.NEIGHBOURS.reset();
  }

  @TestFactory
  Stream<DynamicTest> afterRecoveryTheBooksAgree() {
    return Arrays.stream(Operation.values())
        .flatMap(
            operation ->
                Arrays.stream(Fault.values())
                    .filter(fault -> fault != Fault.NONE)
                    // A hold ends only where the movement is held up for so long.
                    .filter(fault -> operation != Operation.EXPIRY || fault.holdsUp())
                    .map(fault -> trial(operation, fault)))
        .flatMap(
            trial ->
                Arrays.stream(Method.values())
                    .map(
                        method ->
                            DynamicTest.dynamicTest(
                                method + " " + trial.name(), () -> trial.check(method))));
  }

  private Trial trial(Operation operation, Fault fault) {
    return new Trial(operation, fault, steps);
  }

  /** Negative control: without recovery the same cell must fail. */
  @Test
  void withoutRecoveryTheMatrixFails() {
    Trial trial = trial(Operation.CREATE, Fault.CRASH_BEFORE_CALL);
    trial.act();
    for (Method method : Method.values()) {
      assertThat(trial.disagreements(method)).as(method.name()).isNotEmpty();
    }
    trial.recover();
    for (Method method : Method.values()) {
      trial.check(method);
    }
  }

  /** Negative control: the books notice money, uses, places and history that are not right. */
  @Test
  void theBooksNoticeWhatIsWrong() {
    Trial trial = trial(Operation.CREATE, Fault.NONE);
    trial.check(Method.PASS_AND_WALLET);
    Books books = Service.books();
    UUID company = trial.company(Method.PASS_AND_WALLET);
    String booking =
        books
            .query("SELECT id FROM bookings.bookings WHERE company_id = ?", company)
            .get(0)
            .get("id");
    JsonObject ledger = Service.NEIGHBOURS.ledger();
    assertThat(books.disagreements(ledger, company::equals)).isEmpty();

    JsonObject twice = ledger.copy();
    twice.getJsonArray("debits").stream()
        .map(JsonObject.class::cast)
        .filter(debit -> booking.equals(debit.getString("bookingId")))
        .toList()
        .forEach(debit -> twice.getJsonArray("debits").add(debit.copy()));
    assertThat(books.disagreements(twice, company::equals)).anyMatch(w -> w.startsWith("money"));

    JsonObject released = ledger.copy();
    released.put("redemptions", new io.vertx.core.json.JsonArray());
    assertThat(books.disagreements(released, company::equals)).anyMatch(w -> w.startsWith("uses"));

    List<Map<String, String>> undo =
        List.of(
            Map.of(
                "break",
                "INSERT INTO bookings.seat_slots SELECT session_id, 99, NULL, 10"
                    + " FROM bookings.bookings WHERE id = ?::uuid",
                "mend",
                "DELETE FROM bookings.seat_slots WHERE slot = 99 AND session_id ="
                    + " (SELECT session_id FROM bookings.bookings WHERE id = ?::uuid)",
                "says",
                "seats"),
            Map.of(
                "break",
                "UPDATE bookings.booking_status_history SET from_status = 'REFUNDED'"
                    + " WHERE from_status = 'PENDING' AND booking_id = ?::uuid",
                "mend",
                "UPDATE bookings.booking_status_history SET from_status = 'PENDING'"
                    + " WHERE from_status = 'REFUNDED' AND booking_id = ?::uuid",
                "says",
                "history"));
    for (Map<String, String> damage : undo) {
      books.query(damage.get("break"), booking);
      assertThat(books.disagreements(ledger, company::equals))
          .anyMatch(w -> w.startsWith(damage.get("says")));
      books.query(damage.get("mend"), booking);
    }
    assertThat(books.disagreements(ledger, company::equals)).isEmpty();
  }
}
