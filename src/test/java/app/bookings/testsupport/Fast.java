package app.bookings.testsupport;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The lane of tests that start neither Quarkus nor a container nor a process: {@code ./mvnw test
 * -Dgroups=fast}. The tag is said twice, for JUnit's own tests and for jqwik's properties.
 */
@org.junit.jupiter.api.Tag("fast")
@net.jqwik.api.Tag("fast")
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Fast {}
