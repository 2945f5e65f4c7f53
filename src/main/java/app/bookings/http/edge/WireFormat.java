package app.bookings.http.edge;

import app.bookings.platform.StrictJson;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * JSON as the API has it (api.md, "Input"): money as decimal strings with two places; input strict,
 * so that unknown properties, wrong types and repeated keys are refused and not guessed at.
 */
@Singleton
class WireFormat implements ObjectMapperCustomizer {

  private static final int DEEPEST = 20;

  /** The last word: after the modules that the framework finds. */
  @Override
  public int priority() {
    return MINIMUM_PRIORITY;
  }

  @Override
  public void customize(ObjectMapper mapper) {
    mapper.registerModule(new SimpleModule("money").addSerializer(new MoneySerializer()));
    mapper
        .getFactory()
        .setStreamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build());
    mapper.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    // No list of the API has an element that is null: the first one ends the reading.
    mapper.configOverride(List.class).setSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL));
    StrictJson.read(mapper);
  }

  private static final class MoneySerializer extends StdSerializer<BigDecimal> {
    private static final long serialVersionUID = 1;

    MoneySerializer() {
      super(BigDecimal.class);
    }

    @Override
    public void serialize(BigDecimal money, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(money.setScale(2, RoundingMode.UNNECESSARY).toPlainString());
    }
  }
}
