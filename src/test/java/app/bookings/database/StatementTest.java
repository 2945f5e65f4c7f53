package app.bookings.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import app.bookings.testsupport.Fast;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each statement has a name of its own, in PostgreSQL's eyes, too. */
@Fast
class StatementTest {

  @Test
  void everyStatementIsRegistered() {
    assertThat(RegisteredStatements.names())
        .contains("bookings.place", "inbox.has", "retention.outbox", "seats.share");
  }

  @Test
  void twoOfOneNameAreRefused() {
    assertThat(RegisteredStatements.names()).contains("bookings.find");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Statement.named("bookings.find", "SELECT 1"));
    assertThatIllegalArgumentException().isThrownBy(() -> Statement.family("bookings.find"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"find", "Bookings.find", "bookings.find it", "bookings. */ find", ""})
  void aNameSaysWhereAndWhat(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> Statement.named(name, "SELECT 1"));
  }
}
