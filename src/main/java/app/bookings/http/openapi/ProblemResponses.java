package app.bookings.http.openapi;

import app.bookings.problem.ProblemDocument;
import app.bookings.problem.ProblemType;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/**
 * Documents the problems of every operation: an operation names its slugs in the extension {@value
 * #EXTENSION}, this adds those that every operation has. Each answer stands once, in the shared
 * responses of the document (api.md, "Problems").
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ProblemResponses implements OASFilter {

  /** Space-separated slugs. */
  public static final String EXTENSION = "x-problems";

  private static final List<ProblemType> OF_ALL =
      List.of(
          ProblemType.MALFORMED_REQUEST,
          ProblemType.UNAUTHORIZED,
          ProblemType.FORBIDDEN,
          ProblemType.NOT_FOUND,
          ProblemType.METHOD_NOT_ALLOWED,
          ProblemType.NOT_ACCEPTABLE,
          // without its database the service answers nothing
          ProblemType.UPSTREAM_UNAVAILABLE,
          ProblemType.INTERNAL_ERROR);

  private static final List<ProblemType> OF_ALL_WITH_BODY =
      List.of(ProblemType.CONTENT_TOO_LARGE, ProblemType.UNSUPPORTED_MEDIA_TYPE);

  private static final Map<String, ProblemType> BY_SLUG =
      Arrays.stream(ProblemType.values())
          .collect(Collectors.toMap(ProblemType::slug, Function.identity()));

  @Override
  public void filterOpenAPI(OpenAPI api) {
    api.getComponents().addSchema("Problem", schema());
    // In one order, so that the stored document changes only where the API does.
    Map<String, APIResponse> shared = new TreeMap<>();
    api.getPaths()
        .getPathItems()
        .forEach(
            (path, item) ->
                item.getOperations()
                    .forEach(
                        (method, operation) ->
                            document(shared, operation, method != PathItem.HttpMethod.GET)));
    shared.forEach(api.getComponents()::addResponse);
  }

  private static void document(
      Map<String, APIResponse> shared, Operation operation, boolean writes) {
    Object named =
        operation.getExtensions() == null ? null : operation.getExtensions().get(EXTENSION);
    // It is for this filter only; the scanner puts it on every response as well.
    operation.removeExtension(EXTENSION);
    operation.getResponses().removeExtension(EXTENSION);
    operation.getResponses().getAPIResponses().values().forEach(r -> r.removeExtension(EXTENSION));
    Stream<ProblemType> own =
        named == null
            ? Stream.empty()
            : Arrays.stream(named.toString().split(" ")).map(BY_SLUG::get);
    Stream<ProblemType> body =
        operation.getRequestBody() == null ? Stream.empty() : OF_ALL_WITH_BODY.stream();
    Stream<ProblemType> written = writes ? Stream.of(ProblemType.OUTCOME_UNKNOWN) : Stream.empty();
    Map<Integer, List<ProblemType>> byStatus =
        Stream.of(own, OF_ALL.stream(), written, body)
            .flatMap(Function.identity())
            .distinct()
            .sorted()
            .collect(Collectors.groupingBy(ProblemType::status, TreeMap::new, Collectors.toList()));
    byStatus.forEach(
        (status, types) -> {
          String name = name(types);
          shared.computeIfAbsent(name, missing -> response(types));
          operation
              .getResponses()
              .addAPIResponse(
                  status.toString(),
                  OASFactory.createAPIResponse().ref("#/components/responses/" + name));
        });
  }

  /** Such as {@code SessionFullOrAlreadyBooked}. */
  private static String name(List<ProblemType> types) {
    return types.stream()
        .map(
            type ->
                Arrays.stream(type.slug().split("-"))
                    .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                    .collect(Collectors.joining()))
        .collect(Collectors.joining("Or"));
  }

  private static APIResponse response(List<ProblemType> types) {
    String slugs =
        types.stream().map(type -> "`" + type.slug() + "`").collect(Collectors.joining(", "));
    Content content =
        OASFactory.createContent()
            .addMediaType(
                ProblemDocument.MEDIA_TYPE,
                OASFactory.createMediaType()
                    .schema(OASFactory.createSchema().ref("#/components/schemas/Problem"))
                    .example(example(types.get(0))));
    APIResponse response = OASFactory.createAPIResponse().description(slugs).content(content);
    switch (types.get(0).status()) {
      case 401 -> header(response, "WWW-Authenticate", "Bearer, with what is wrong with the token");
      case 405 -> header(response, "Allow", "the methods of this path");
      case 429, 503 -> header(response, "Retry-After", "seconds until it is worth trying again");
      default -> {}
    }
    return response;
  }

  private static void header(APIResponse response, String name, String description) {
    boolean seconds = name.equals("Retry-After");
    response.addHeader(
        name,
        OASFactory.createHeader()
            .description(description)
            .schema(
                OASFactory.createSchema()
                    .addType(seconds ? SchemaType.INTEGER : SchemaType.STRING)));
  }

  private static Map<String, Object> example(ProblemType type) {
    // In one order, so that the stored document changes only where the API does.
    Map<String, Object> example = new LinkedHashMap<>();
    example.put("type", type.urn());
    example.put("title", type.title());
    example.put("status", type.status());
    example.put("detail", type.title() + ".");
    example.put("instance", "/api/client/bookings/01a20d9a-220f-7cd0-aebc-b68de4993578");
    example.putAll(JsonExamples.of(members(type)));
    return example;
  }

  /** What a problem of this type has beside the common members. */
  private static String members(ProblemType type) {
    return switch (type) {
      case VALIDATION_ERROR ->
          """
          {"violations": [{"field": "paymentMethod", "message": "must not be null"}]}
          """;
      case PAYMENT_DECLINED ->
          """
          {"reason": "insufficient-funds", "bookingId": "01a20d9a-220f-7cd0-aebc-b68de4993578"}
          """;
      case SESSION_FULL ->
          """
          {"mayFreeUpAt": "2026-11-24T13:03:54Z"}
          """;
      case PRICE_CHANGED ->
          """
          {"total": "28.50"}
          """;
      case UPSTREAM_UNAVAILABLE ->
          """
          {"upstream": "catalog"}
          """;
      case INTERNAL_ERROR ->
          """
          {"traceId": "4bf92f3577b34da6a3ce929d0e0e4736"}
          """;
      default -> "{}";
    };
  }

  private static org.eclipse.microprofile.openapi.models.media.Schema schema() {
    return OASFactory.createSchema()
        .addType(SchemaType.OBJECT)
        .description("RFC 9457 problem document; a type may have more members")
        .required(List.of("type", "title", "status", "detail", "instance"))
        .addProperty("type", text("urn:bookings:problem:<slug>"))
        .addProperty("title", text("what kind of problem it is"))
        .addProperty("status", OASFactory.createSchema().addType(SchemaType.INTEGER))
        .addProperty("detail", text("what is wrong here, for people"))
        .addProperty("instance", text("the path that was asked for"));
  }

  private static org.eclipse.microprofile.openapi.models.media.Schema text(String description) {
    return OASFactory.createSchema().addType(SchemaType.STRING).description(description);
  }
}
