package app.bookings.security;

import app.bookings.testsupport.Bookings.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;

/** Makes values of schemas, sound and unsound ones, and holds answers against schemas. */
final class OpenApiDocument {

  private static final List<Object> NONSENSE =
      List.of(
          "",
          "x",
          "null",
          -1,
          0,
          1.5,
          true,
          "NaN",
          "9".repeat(40),
          "\u0000",
          "' OR 1=1 --",
          new JsonArray(),
          new JsonObject(),
          "2026-02-30T00:00:00Z",
          "\ud83d\ude00");

  private final JsonObject document;
  private final Random random;

  OpenApiDocument(JsonObject document, Random random) {
    this.document = document;
    this.random = random;
  }

  static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private JsonObject resolved(JsonObject schema) {
    String ref = schema.getString("$ref");
    return ref == null
        ? schema
        : resolved(
            document
                .getJsonObject("components")
                .getJsonObject("schemas")
                .getJsonObject(ref.substring(ref.lastIndexOf('/') + 1)));
  }

  /** A response of an operation, or the shared one that it names. */
  JsonObject response(JsonObject operation, int status) {
    JsonObject response =
        operation.getJsonObject("responses").getJsonObject(Integer.toString(status));
    String ref = response == null ? null : response.getString("$ref");
    return ref == null
        ? response
        : document
            .getJsonObject("components")
            .getJsonObject("responses")
            .getJsonObject(ref.substring(ref.lastIndexOf('/') + 1));
  }

  /** The schema itself, of those that it may be the first that is not null. */
  private JsonObject plain(JsonObject schema) {
    JsonObject it = resolved(schema);
    for (String choice : List.of("anyOf", "oneOf", "allOf")) {
      if (it.containsKey(choice)) {
        return it.getJsonArray(choice).stream()
            .map(JsonObject.class::cast)
            .filter(option -> !types(option).equals(List.of("null")))
            .findFirst()
            .map(this::plain)
            .orElse(it);
      }
    }
    return it;
  }

  private static List<String> types(JsonObject schema) {
    Object type = schema.getValue("type");
    if (type instanceof JsonArray several) {
      return several.stream().map(Object::toString).toList();
    }
    return type == null ? List.of() : List.of(type.toString());
  }

  String text(JsonObject schema) {
    return random.nextInt(6) == 0
        ? NONSENSE.get(random.nextInt(NONSENSE.size())).toString()
        : Objects.toString(first(value(schema)), "");
  }

  private static Object first(Object value) {
    return value instanceof JsonArray array && !array.isEmpty() ? array.getValue(0) : value;
  }

  /** A body: mostly sound, sometimes with a fault in it, sometimes no JSON at all. */
  String body(JsonObject schema) {
    Object value = value(schema);
    if (random.nextInt(5) == 0 && value instanceof JsonObject object && !object.isEmpty()) {
      List<String> names = new ArrayList<>(object.fieldNames());
      String name = names.get(random.nextInt(names.size()));
      object.put(name, NONSENSE.get(random.nextInt(NONSENSE.size())));
    }
    String text = value instanceof JsonObject object ? object.encode() : String.valueOf(value);
    return random.nextInt(15) == 0 ? text.substring(0, text.length() / 2) : text;
  }

  private Object value(JsonObject schema) {
    JsonObject plain = plain(schema);
    if (plain.containsKey("enum")) {
      JsonArray values = plain.getJsonArray("enum");
      return values.getValue(random.nextInt(values.size()));
    }
    List<String> types = types(plain);
    if (types.contains("object") || plain.containsKey("properties")) {
      return object(plain);
    }
    if (types.contains("array")) {
      JsonArray array = new JsonArray();
      for (int i = random.nextInt(3); i >= 0; i--) {
        array.add(value(plain.getJsonObject("items", new JsonObject())));
      }
      return array;
    }
    if (types.contains("integer")) {
      return random.nextInt(120);
    }
    if (types.contains("boolean")) {
      return random.nextBoolean();
    }
    return switch (plain.getString("format", "")) {
      case "uuid" -> UUID.randomUUID().toString();
      case "date-time" -> Instant.now().plusSeconds(random.nextInt(1_000_000)).toString();
      case "email" -> "guest-" + random.nextInt(1_000_000) + "@example.com";
      default -> random.nextBoolean() ? "25.00" : "https://shop.example/" + random.nextInt(9);
    };
  }

  private JsonObject object(JsonObject schema) {
    JsonObject object = new JsonObject();
    JsonArray required = schema.getJsonArray("required", new JsonArray());
    JsonObject properties = schema.getJsonObject("properties", new JsonObject());
    for (String name : properties.fieldNames()) {
      boolean needed = required.contains(name);
      if (needed ? random.nextInt(20) > 0 : random.nextInt(4) == 0) {
        object.put(name, value(properties.getJsonObject(name)));
      }
    }
    return object;
  }

  /** What in an answer is not as its response says; empty when all is. */
  List<String> mismatches(JsonObject response, Answer answer) {
    List<String> wrong = new ArrayList<>();
    JsonObject content = response.getJsonObject("content");
    if (content == null) {
      if (!answer.http().body().isEmpty()) {
        wrong.add("a body where the document has none");
      }
      return wrong;
    }
    String mediaType = answer.header("Content-Type").orElse("").replaceAll(";.*", "");
    if (!content.containsKey(mediaType)) {
      wrong.add("content type " + mediaType);
    } else {
      check("$", content.getJsonObject(mediaType).getJsonObject("schema"), answer.body(), wrong);
    }
    return wrong;
  }

  private void check(String where, JsonObject schema, Object value, List<String> wrong) {
    JsonObject it = resolved(schema);
    boolean nullable =
        types(it).contains("null")
            || List.of("anyOf", "oneOf").stream()
                .anyMatch(
                    c -> it.containsKey(c) && it.getJsonArray(c).encode().contains("\"null\""));
    if (value == null) {
      if (!nullable) {
        wrong.add(where + " is null");
      }
      return;
    }
    JsonObject plain = plain(schema);
    if (plain.containsKey("enum") && !plain.getJsonArray("enum").contains(value)) {
      wrong.add(where + " is " + value);
    }
    List<String> types = types(plain);
    boolean fits =
        types.isEmpty()
            || (value instanceof JsonObject && types.contains("object"))
            || (value instanceof JsonArray && types.contains("array"))
            || (value instanceof String && types.contains("string"))
            || (value instanceof Integer && types.contains("integer"))
            || (value instanceof Number && types.contains("number"))
            || (value instanceof Boolean && types.contains("boolean"));
    if (!fits) {
      wrong.add(where + " is " + value.getClass().getSimpleName() + ", not " + types);
    } else if (value instanceof JsonObject object) {
      for (Object name : plain.getJsonArray("required", new JsonArray())) {
        if (!object.containsKey(name.toString())) {
          wrong.add(where + "." + name + " is missing");
        }
      }
      JsonObject properties = plain.getJsonObject("properties", new JsonObject());
      properties.fieldNames().stream()
          .filter(object::containsKey)
          .forEach(
              name ->
                  check(
                      where + "." + name,
                      properties.getJsonObject(name),
                      object.getValue(name),
                      wrong));
    } else if (value instanceof JsonArray array && plain.containsKey("items")) {
      for (int i = 0; i < array.size(); i++) {
        check(where + "[" + i + "]", plain.getJsonObject("items"), array.getValue(i), wrong);
      }
    }
  }
}
