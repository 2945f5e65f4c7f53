package app.bookings.http.edge;

import app.bookings.problem.Problem;
import app.bookings.problem.ProblemType;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * How long a body may be and how long it may take to come (api.md, "Problems", 413; security.md,
 * "Bounds"). The framework has the same limit, but closes the connection without a word.
 */
@ApplicationScoped
class BodyBounds {

  private final UnroutedProblems problems;
  private final UnfinishedBodies unfinished;
  private final Vertx vertx;
  private final long mostBytes;
  private final Duration patience;

  BodyBounds(
      UnroutedProblems problems,
      UnfinishedBodies unfinished,
      Vertx vertx,
      @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize mostBytes,
      @ConfigProperty(name = "quarkus.http.read-timeout") Duration patience) {
    this.problems = problems;
    this.unfinished = unfinished;
    this.vertx = vertx;
    this.mostBytes = mostBytes.asLongValue();
    this.patience = patience;
  }

  void install(@Observes Filters filters) {
    filters.register(this::bound, Integer.MAX_VALUE);
  }

  private void bound(RoutingContext context) {
    HttpServerRequest request = context.request();
    String stated = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    boolean tooLong =
        stated != null && (stated.length() > 18 || Long.parseLong(stated) > mostBytes);
    if (hasBody(request)) {
      cutOffInTime(context, request);
      if (!tooLong) {
        unfinished.begun(request, stated == null ? mostBytes : Long.parseLong(stated));
        context.addEndHandler(answered -> unfinished.ended(request));
      }
    }
    if (tooLong) {
      readPast(request);
      problems.answer(context, ProblemType.CONTENT_TOO_LARGE);
    } else {
      context.next();
    }
  }

  private static boolean hasBody(HttpServerRequest request) {
    boolean stated =
        request.headers().contains(HttpHeaders.CONTENT_LENGTH)
            || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    boolean streamed =
        request.version() == HttpVersion.HTTP_2 && request.method().equals(HttpMethod.POST);
    return (stated || streamed) && !request.isEnded();
  }

  /** The idle time-out alone lets a client send one byte now and then for ever. */
  private void cutOffInTime(RoutingContext context, HttpServerRequest request) {
    long timer = vertx.setTimer(patience.toMillis(), late -> UnfinishedBodies.cutOff(request));
    context.addEndHandler(
        answered -> {
          if (request.isEnded()) {
            vertx.cancelTimer(timer);
          }
        });
  }

  /** Closing at once would take the answer away from a client that is still sending. */
  private static void readPast(HttpServerRequest request) {
    request.response().putHeader(HttpHeaders.CONNECTION, "close");
    request.handler(unread -> {}).resume();
  }

  /** A body without a length is counted while it is read. */
  @ServerRequestFilter
  Uni<Void> count(ContainerRequestContext context, HttpServerRequest request) {
    if (request.getHeader(HttpHeaders.CONTENT_LENGTH) != null || !hasBody(request)) {
      return Uni.createFrom().voidItem();
    }
    return Uni.createFrom()
        .<Buffer>emitter(whole -> read(request, whole))
        .invoke(body -> context.setEntityStream(new ByteArrayInputStream(body.getBytes())))
        .replaceWithVoid();
  }

  private void read(HttpServerRequest request, UniEmitter<? super Buffer> whole) {
    Buffer body = Buffer.buffer();
    request
        .handler(
            part -> {
              if (body.length() + part.length() <= mostBytes) {
                body.appendBuffer(part);
                return;
              }
              readPast(request);
              whole.fail(Problem.of(ProblemType.CONTENT_TOO_LARGE, "At most 64 KiB are read."));
            })
        .endHandler(end -> whole.complete(body))
        .exceptionHandler(whole::fail)
        .resume();
  }
}
