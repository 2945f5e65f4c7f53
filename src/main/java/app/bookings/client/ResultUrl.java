package app.bookings.client;

import app.bookings.BookingsConfig;
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
 * An absolute http(s) address of at most 2,000 characters whose host is in the allow-list when one
 * is configured (reliability.md, "Security").
 */
@Target({ElementType.FIELD, ElementType.PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = ResultUrl.Validator.class)
@interface ResultUrl {

  String message() default "must be an http or https address that is allowed here";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};

  /** Checks it; null is valid. */
  @ApplicationScoped
  class Validator implements ConstraintValidator<ResultUrl, String> {

    private static final int LONGEST = 2000;

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
        boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
        return value.length() <= LONGEST
            && web
            && uri.getHost() != null
            && uri.getUserInfo() == null
            && config
                .get()
                .resultUrlHosts()
                .map(hosts -> hosts.contains(uri.getHost()))
                .orElse(true);
      } catch (URISyntaxException malformed) {
        return false;
      }
    }
  }
}
