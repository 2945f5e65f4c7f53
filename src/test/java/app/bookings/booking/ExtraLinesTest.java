package app.bookings.booking;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.settlement.ExtraQuantity;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** domain.md, "Tables", booking_extra: splitting by what a pass covers, for many random orders. */
class ExtraLinesTest {

  private static final UUID PASS = UUID.randomUUID();

  static java.util.stream.LongStream seeds() {
    return java.util.stream.LongStream.range(0, 300);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void unitsAndMoneyAddUpToWhatTheyWere(long seed) {
    Random random = new Random(seed);
    List<BookedExtra> lines = new ArrayList<>();
    List<ExtraQuantity> covered = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      UUID extra = UUID.randomUUID();
      BigDecimal price = BigDecimal.valueOf(random.nextInt(10_000), 2);
      lines.add(
          new BookedExtra(
              UUID.randomUUID(), null, extra, "x", price, 1 + random.nextInt(5), price, null));
      if (random.nextBoolean()) {
        covered.add(new ExtraQuantity(extra, random.nextInt(8)));
      }
    }
    List<BookedExtra> split = ExtraLines.split(lines, covered, PASS);
    for (BookedExtra line : lines) {
      int asked =
          covered.stream()
              .filter(c -> c.extraId().equals(line.extraId()))
              .mapToInt(ExtraQuantity::quantity)
              .sum();
      int free = Math.min(asked, line.quantity());
      List<BookedExtra> parts =
          split.stream().filter(part -> part.extraId().equals(line.extraId())).toList();
      assertThat(parts.stream().mapToInt(BookedExtra::quantity).sum()).isEqualTo(line.quantity());
      assertThat(parts).hasSizeLessThanOrEqualTo(2);
      assertThat(parts.stream().map(BookedExtra::amount).reduce(BigDecimal.ZERO, BigDecimal::add))
          .isEqualByComparingTo(line.price().multiply(BigDecimal.valueOf(line.quantity() - free)));
      for (BookedExtra part : parts) {
        boolean byPass = PASS.equals(part.coveredByEntitlementId());
        assertThat(part.pricePaid()).isEqualByComparingTo(byPass ? BigDecimal.ZERO : line.price());
      }
    }
    assertThat(split).extracting(BookedExtra::id).doesNotHaveDuplicates();
  }
}
