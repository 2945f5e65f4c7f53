package app.bookings.http.edge;

import app.bookings.platform.ResponseBound;
import io.quarkus.arc.Unremovable;
import io.quarkus.oidc.common.OidcRequestFilter;
import io.smallrye.mutiny.Uni;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import io.vertx.ext.web.codec.BodyCodec;
import io.vertx.ext.web.codec.spi.BodyStream;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * The issuer's documents and keys are read as far as {@link ResponseBound#MOST} and no further. Its
 * client is the framework's own, which would keep whatever comes.
 */
@ApplicationScoped
@Unremovable
class IssuerResponses implements OidcRequestFilter {

  @Override
  public Uni<Void> filter(OidcRequestFilterContext context) {
    // It is the same request afterwards, with another reader of its answer.
    context.request().as(io.vertx.mutiny.ext.web.codec.BodyCodec.newInstance(new Codec()));
    return Uni.createFrom().voidItem();
  }

  private static final class Codec implements BodyCodec<Buffer> {
    @Override
    public void create(Handler<AsyncResult<BodyStream<Buffer>>> handler) {
      handler.handle(Future.succeededFuture(new Body()));
    }
  }

  /** Fails the answer as soon as it is too long; the rest is dropped as it comes. */
  private static final class Body implements BodyStream<Buffer> {
    private final Buffer bytes = Buffer.buffer();
    private final Promise<Buffer> whole = Promise.promise();

    @Override
    public Future<Buffer> result() {
      return whole.future();
    }

    @Override
    public void handle(Throwable failure) {
      whole.tryFail(failure);
    }

    @Override
    public Future<Void> write(Buffer part) {
      if (bytes.length() + part.length() > ResponseBound.MOST) {
        IllegalStateException tooLong =
            new IllegalStateException("The issuer's answer is too long");
        whole.tryFail(tooLong);
        return Future.failedFuture(tooLong);
      }
      bytes.appendBuffer(part);
      return Future.succeededFuture();
    }

    @Override
    public void write(Buffer part, Handler<AsyncResult<Void>> handler) {
      Future<Void> written = write(part);
      if (handler != null) {
        written.onComplete(handler);
      }
    }

    @Override
    public void end(Handler<AsyncResult<Void>> handler) {
      whole.tryComplete(bytes);
      if (handler != null) {
        handler.handle(Future.succeededFuture());
      }
    }

    @Override
    public WriteStream<Buffer> setWriteQueueMaxSize(int most) {
      return this;
    }

    @Override
    public boolean writeQueueFull() {
      return false;
    }

    @Override
    public WriteStream<Buffer> drainHandler(Handler<Void> handler) {
      return this;
    }

    @Override
    public WriteStream<Buffer> exceptionHandler(Handler<Throwable> handler) {
      return this;
    }
  }
}
