package app.bookings.neighbours;

import app.bookings.settlement.Money;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * Reads money of a neighbour's answer: a decimal string of what a column holds. Digits and scale
 * are looked at before anything is calculated: ten characters can name a number of a gigabyte.
 */
final class MoneyReader extends StdScalarDeserializer<BigDecimal> {

  private static final long serialVersionUID = 1;
  private static final Pattern DECIMAL = Pattern.compile("\\d{1,8}(\\.\\d{1,2})?");

  MoneyReader() {
    super(BigDecimal.class);
  }

  @Override
  public BigDecimal deserialize(JsonParser json, DeserializationContext context)
      throws IOException {
    String text = StringDeserializer.instance.deserialize(json, context);
    return text != null && DECIMAL.matcher(text).matches()
        ? Money.of(new BigDecimal(text))
        : context.reportInputMismatch(this, "no amount");
  }
}
