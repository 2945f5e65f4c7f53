package app.bookings.http.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/** Money crosses as decimal strings (api.md, "DTOs"), where the scanner sees numbers. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class MoneySchemas implements OASFilter {

  private static final String MONEY = "^-?\\d+\\.\\d{2}$";

  @Override
  public Schema filterSchema(Schema schema) {
    List<SchemaType> types = schema.getType();
    if (types != null && types.contains(SchemaType.NUMBER)) {
      schema.setType(
          types.stream().map(t -> t == SchemaType.NUMBER ? SchemaType.STRING : t).toList());
      schema.setPattern(MONEY);
      schema.setExamples(List.of("25.00"));
    }
    return schema;
  }
}
