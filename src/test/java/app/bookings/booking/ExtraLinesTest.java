package app.bookings.booking;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.settlement.ExtraQuantity;
import app.bookings.settlement.PaymentMethod;
import app.bookings.testsupport.Fast;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** domain.md, "Tables", booking_extra: splitting by what a pass covers, for any order. */
@Fast
class ExtraLinesTest {

  private static final UUID PASS = UUID.randomUUID();

  /** Lines of extras, and what passes says of them: also more than there is, or nothing. */
  record Order(List<BookedExtra> lines, List<ExtraQuantity> covered) {}

  @Provide
  Arbitrary<Order> orders() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 5),
            Arbitraries.bigDecimals()
                .ofScale(2)
                .between(new BigDecimal("0.00"), new BigDecimal("99.99")),
            Arbitraries.integers().between(-1, 8).list().ofMaxSize(2))
        .as(ExtraLinesTest::oneLine)
        .list()
        .ofMaxSize(4)
        .map(ExtraLinesTest::all);
  }

  private static Order oneLine(int quantity, BigDecimal price, List<Integer> covered) {
    UUID extra = UUID.randomUUID();
    return new Order(
        List.of(new BookedExtra(UUID.randomUUID(), null, extra, "x", price, quantity, price, null)),
        covered.stream().map(units -> new ExtraQuantity(extra, units)).toList());
  }

  private static Order all(List<Order> orders) {
    List<BookedExtra> lines = new ArrayList<>();
    List<ExtraQuantity> covered = new ArrayList<>();
    orders.forEach(
        order -> {
          lines.addAll(order.lines());
          covered.addAll(order.covered());
        });
    return new Order(lines, covered);
  }

  private static BigDecimal sum(List<BookedExtra> lines) {
    return lines.stream().map(BookedExtra::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  @Property(tries = 1000)
  void unitsAndMoneyAddUpToWhatTheyWere(@ForAll("orders") Order order) {
    List<BookedExtra> split = ExtraLines.split(order.lines(), order.covered(), PASS);
    for (BookedExtra line : order.lines()) {
      int asked =
          order.covered().stream()
              .filter(c -> c.extraId().equals(line.extraId()))
              .mapToInt(covered -> Math.max(0, covered.quantity()))
              .sum();
      int free = Math.min(asked, line.quantity());
      List<BookedExtra> parts =
          split.stream().filter(part -> part.extraId().equals(line.extraId())).toList();
      assertThat(parts.stream().mapToInt(BookedExtra::quantity).sum()).isEqualTo(line.quantity());
      assertThat(parts).hasSizeLessThanOrEqualTo(2);
      assertThat(sum(parts))
          .isEqualByComparingTo(line.price().multiply(BigDecimal.valueOf(line.quantity() - free)));
      for (BookedExtra part : parts) {
        boolean byPass = PASS.equals(part.coveredByEntitlementId());
        assertThat(part.pricePaid()).isEqualByComparingTo(byPass ? BigDecimal.ZERO : line.price());
      }
    }
    assertThat(split).extracting(BookedExtra::id).doesNotHaveDuplicates();
  }

  @Property(tries = 200)
  void whereNoPassCoversAnythingAllStaysAsItWas(@ForAll("orders") Order order) {
    assertThat(ExtraLines.split(order.lines(), null, PASS)).isEqualTo(order.lines());
    assertThat(ExtraLines.split(order.lines(), order.covered(), null)).isEqualTo(order.lines());
  }

  @Property(tries = 200)
  void theTotalIsThePriceUnlessAPassAbsorbsItAndWhatNoneCovers(@ForAll("orders") Order order) {
    BigDecimal price = new BigDecimal("25.00");
    List<BookedExtra> split = ExtraLines.split(order.lines(), order.covered(), PASS);
    assertThat(ExtraLines.total(PaymentMethod.PASS, price, split)).isEqualByComparingTo(sum(split));
    for (PaymentMethod method : PaymentMethod.values()) {
      if (method != PaymentMethod.PASS) {
        assertThat(ExtraLines.total(method, price, split))
            .isEqualByComparingTo(price.add(sum(split)));
      }
    }
  }

  @Example
  void passesAreAskedAboutUnits() {
    UUID extra = UUID.randomUUID();
    BigDecimal price = new BigDecimal("1.50");
    List<BookedExtra> lines =
        List.of(new BookedExtra(UUID.randomUUID(), null, extra, "x", price, 3, price, null));
    assertThat(ExtraLines.quantities(lines)).containsExactly(new ExtraQuantity(extra, 3));
  }
}
