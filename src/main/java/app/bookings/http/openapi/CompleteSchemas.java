package app.bookings.http.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/**
 * What the scanner can't know of schemas: an answer has all its members, null or not; a pattern is
 * meant for the whole text; events are CloudEvents.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class CompleteSchemas implements OASFilter {

  private static final String CLOUD_EVENT = "CloudEvent";

  @Override
  public Schema filterSchema(Schema schema) {
    String pattern = schema.getPattern();
    if (pattern != null && !pattern.startsWith("^")) {
      schema.setPattern("^" + pattern + "$");
    }
    return schema;
  }

  @Override
  public void filterOpenAPI(OpenAPI api) {
    api.getComponents().getSchemas().values().stream()
        .filter(CompleteSchemas::answer)
        .forEach(schema -> schema.setRequired(List.copyOf(schema.getProperties().keySet())));
    api.getComponents().addSchema(CLOUD_EVENT, cloudEvent());
    api.getPaths().getPathItems().values().stream()
        .map(PathItem::getOperations)
        .flatMap(operations -> operations.values().stream())
        .filter(operation -> "receiveEvents".equals(operation.getOperationId()))
        .forEach(CompleteSchemas::ofEvents);
  }

  /** Requests are closed to unknown members, answers are not. */
  private static boolean answer(Schema schema) {
    return schema.getProperties() != null
        && schema.getRequired() == null
        && schema.getAdditionalPropertiesSchema() == null;
  }

  private static void ofEvents(Operation operation) {
    Content content = operation.getRequestBody().getContent();
    for (Map.Entry<String, MediaType> type : content.getMediaTypes().entrySet()) {
      Schema event = OASFactory.createSchema().ref("#/components/schemas/" + CLOUD_EVENT);
      type.getValue()
          .setSchema(
              switch (type.getKey()) {
                case "application/cloudevents+json" -> event;
                case "application/cloudevents-batch+json" ->
                    OASFactory.createSchema().addType(SchemaType.ARRAY).items(event);
                default ->
                    OASFactory.createSchema()
                        .addType(SchemaType.OBJECT)
                        .description("data of an event whose attributes are in headers ce-*");
              });
    }
  }

  private static Schema cloudEvent() {
    return OASFactory.createSchema()
        .addType(SchemaType.OBJECT)
        .description("CloudEvents 1.0, structured; it may have more attributes")
        .required(List.of("specversion", "id", "source", "type"))
        .addProperty("specversion", text("the version").enumeration(List.of("1.0")))
        .addProperty("id", text("one per source").maxLength(500))
        .addProperty("source", text("who tells, such as /catalog").maxLength(500))
        .addProperty("type", text("what happened, such as session.cancelled").maxLength(500))
        .addProperty("time", text("when it happened").format("date-time"))
        .addProperty("subject", text("what it is about"))
        .addProperty("datacontenttype", text("application/json"))
        .addProperty(
            "data",
            OASFactory.createSchema()
                .addType(SchemaType.OBJECT)
                .description("as its type has it, such as {\"sessionId\": \"…\"}"))
        .examples(List.of(example()));
  }

  private static Map<String, Object> example() {
    return JsonExamples.of(
        """
        {"specversion": "1.0", "id": "5f0c3a0e-0c57-4d2c-9d0b-2a2f6f0f7a11", "source": "/catalog",
         "type": "session.cancelled", "time": "2026-11-30T12:00:00Z",
         "data": {"sessionId": "33333333-3333-4333-8333-333333333331"}}
        """);
  }

  private static Schema text(String description) {
    return OASFactory.createSchema().addType(SchemaType.STRING).description(description);
  }
}
