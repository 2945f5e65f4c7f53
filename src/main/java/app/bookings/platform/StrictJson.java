package app.bookings.platform;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;

/**
 * How JSON of others is read, that of callers and that of neighbours: wrong types and repeated
 * members are refused and not guessed at, texts can be stored, times are RFC 3339.
 */
public final class StrictJson {

  private StrictJson() {}

  /** Makes the mapper read so. */
  public static void read(ObjectMapper mapper) {
    mapper.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    mapper.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    mapper.enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS);
    mapper.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT);
    mapper.registerModule(
        new SimpleModule("strict")
            .addDeserializer(String.class, new TextReader())
            .addDeserializer(Instant.class, new TimeReader())
            .addDeserializer(UUID.class, new IdReader())
            .setDeserializerModifier(new ExactEnums()));
    utf8(mapper);
    scalars(mapper);
    for (LogicalType type : new LogicalType[] {LogicalType.Integer, LogicalType.Boolean}) {
      mapper
          .coercionConfigFor(type)
          .setCoercion(CoercionInputShape.String, CoercionAction.Fail)
          .setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail);
    }
    mapper
        .coercionConfigFor(LogicalType.Textual)
        .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
  }

  @SuppressWarnings("deprecation") // the mapper is already built
  private static void scalars(ObjectMapper mapper) {
    mapper.disable(MapperFeature.ALLOW_COERCION_OF_SCALARS);
  }

  /** Without a byte order mark; UTF-16 and UTF-32 are refused. */
  @SuppressWarnings("deprecation") // the mapper is already built
  private static void utf8(ObjectMapper mapper) {
    mapper.getFactory().configure(JsonFactory.Feature.CHARSET_DETECTION, false);
  }

  private static final class TextReader extends StdScalarDeserializer<String> {
    private static final long serialVersionUID = 1;

    TextReader() {
      super(String.class);
    }

    @Override
    public String deserialize(JsonParser json, DeserializationContext context) throws IOException {
      String text = StringDeserializer.instance.deserialize(json, context);
      return text == null || Text.storable(text)
          ? text
          : context.reportInputMismatch(this, "characters that no text has");
    }
  }

  private static final class IdReader extends StdScalarDeserializer<UUID> {
    private static final long serialVersionUID = 1;

    IdReader() {
      super(UUID.class);
    }

    @Override
    public UUID deserialize(JsonParser json, DeserializationContext context) throws IOException {
      if (!json.hasToken(JsonToken.VALUE_STRING)) {
        return context.reportInputMismatch(this, "a UUID is a text");
      }
      try {
        return Text.uuid(json.getText());
      } catch (IllegalArgumentException malformed) {
        return context.reportInputMismatch(this, "no UUID");
      }
    }
  }

  /** Names of an enum exactly as written: Jackson's own reader trims what it reads. */
  private static final class ExactEnums extends BeanDeserializerModifier {
    private static final long serialVersionUID = 1;

    @Override
    public JsonDeserializer<?> modifyEnumDeserializer(
        DeserializationConfig config,
        JavaType type,
        BeanDescription description,
        JsonDeserializer<?> lenient) {
      return new ExactEnum(type.getRawClass());
    }
  }

  private static final class ExactEnum extends StdScalarDeserializer<Enum<?>> {
    private static final long serialVersionUID = 1;

    ExactEnum(Class<?> type) {
      super(type);
    }

    @Override
    public Enum<?> deserialize(JsonParser json, DeserializationContext context) throws IOException {
      if (json.hasToken(JsonToken.VALUE_STRING)) {
        for (Object constant : handledType().getEnumConstants()) {
          Enum<?> each = (Enum<?>) constant;
          if (each.name().equals(json.getText())) {
            return each;
          }
        }
      }
      return context.reportInputMismatch(this, "none of the names");
    }
  }

  private static final class TimeReader extends StdScalarDeserializer<Instant> {
    private static final long serialVersionUID = 1;

    TimeReader() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser json, DeserializationContext context) throws IOException {
      if (!json.hasToken(JsonToken.VALUE_STRING)) {
        return context.reportInputMismatch(this, "a time is a text");
      }
      try {
        return WireTime.read(json.getText());
      } catch (DateTimeException malformed) {
        return context.reportInputMismatch(this, "no RFC 3339 time");
      }
    }
  }
}
