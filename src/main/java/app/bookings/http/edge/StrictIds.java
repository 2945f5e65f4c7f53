package app.bookings.http.edge;

import app.bookings.platform.Text;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.UUID;

/** UUIDs in paths, as in bodies: {@link Text#uuid}. What is none is nowhere, 404. */
@Provider
public class StrictIds implements ParamConverterProvider {

  @Override
  @SuppressWarnings("unchecked") // asked for UUIDs, it converts to UUIDs
  public <T> ParamConverter<T> getConverter(Class<T> type, Type generic, Annotation[] annotations) {
    return type == UUID.class ? (ParamConverter<T>) new Ids() : null;
  }

  private static final class Ids implements ParamConverter<UUID> {
    @Override
    public UUID fromString(String text) {
      return Text.uuid(text);
    }

    @Override
    public String toString(UUID id) {
      return id.toString();
    }
  }
}
