package app.bookings.http.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFilter;

/**
 * Changes nothing. A filter of this stage has the document written when somebody asks for it;
 * without one it is written as JSON and as YAML at every start, which takes longer than the
 * migrations do.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.RUNTIME_PER_REQUEST)
public class OnDemandDocument implements OASFilter {}
