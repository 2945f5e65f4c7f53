package app.bookings.http.openapi;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.info.License;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;
import org.eclipse.microprofile.openapi.annotations.servers.Server;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What the OpenAPI document says of the API as a whole. */
@OpenAPIDefinition(
    info =
        @Info(
            title = "Bookings",
            version = "1.0.0",
            description = "Customers' reservations of places in sessions.",
            license = @License(name = "Proprietary", url = "https://example.com/license")),
    servers = @Server(url = "/", description = "This service"),
    tags = {
      @Tag(name = "client", description = "For signed-in customers"),
      @Tag(name = "guest", description = "For anyone; throttled"),
      @Tag(name = "internal", description = "For other services")
    },
    security = @SecurityRequirement(name = "bearer"))
@SecurityScheme(
    securitySchemeName = "bearer",
    type = SecuritySchemeType.HTTP,
    scheme = "bearer",
    bearerFormat = "JWT")
@ApplicationPath("/")
public class BookingsApi extends Application {}
