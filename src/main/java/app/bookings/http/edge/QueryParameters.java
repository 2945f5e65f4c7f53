package app.bookings.http.edge;

import java.util.Set;

/**
 * The query parameters that a class of parameters reads. What no class of an operation reads, that
 * operation refuses; see {@link KnownQuery}.
 *
 * @param readBy the class that an operation takes as its {@code @BeanParam}
 * @param once may be there once
 * @param repeatable may be there several times
 */
public record QueryParameters(Class<?> readBy, Set<String> once, Set<String> repeatable) {}
