package app.bookings.http;

import app.bookings.platform.BookingsConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * An absolute https address, or http where that is configured, of at most 2,000 characters whose
 * host is in the allow-list when one is configured (security.md, "Input"); without one, hosts that
 * are not public are refused.
 */
@Target({ElementType.FIELD, ElementType.PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = ResultUrl.Validator.class)
public @interface ResultUrl {

  String message() default "must be an https address that is allowed here";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};

  /** Checks it; null is valid. */
  @ApplicationScoped
  class Validator implements ConstraintValidator<ResultUrl, String> {

    private static final int LONGEST = 2000;
    private static final int LAST_PORT = 65_535;

    /** Looked up when it is needed: validators are made before settings can be read. */
    private final Instance<BookingsConfig> config;

    Validator(Instance<BookingsConfig> config) {
      this.config = config;
    }

    @Override
    public boolean isValid(String value, ConstraintValidatorContext context) {
      if (value == null) {
        return true;
      }
      try {
        URI uri = new URI(value);
        boolean web =
            "https".equalsIgnoreCase(uri.getScheme())
                || ("http".equalsIgnoreCase(uri.getScheme()) && config.get().resultUrlHttp());
        return value.length() <= LONGEST
            && web
            && uri.getHost() != null
            && uri.getUserInfo() == null
            && (uri.getPort() == -1 || (uri.getPort() > 0 && uri.getPort() <= LAST_PORT))
            && allowed(uri.getHost());
      } catch (URISyntaxException malformed) {
        return false;
      }
    }

    /** Hosts in the allow-list; without one, any that is not of a private network. */
    private boolean allowed(String host) {
      return config
          .get()
          .resultUrlHosts()
          .map(
              hosts ->
                  hosts.stream().map(PublicHost::plain).anyMatch(PublicHost.plain(host)::equals))
          .orElseGet(() -> PublicHost.is(host));
    }
  }
}
