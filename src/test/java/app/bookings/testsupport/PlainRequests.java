package app.bookings.testsupport;

import app.bookings.testsupport.Bookings.Answer;
import io.restassured.RestAssured;
import io.restassured.config.DecoderConfig;
import io.restassured.config.EncoderConfig;
import io.restassured.config.HttpClientConfig;
import io.restassured.config.RedirectConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.Header;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.apache.http.HttpEntityEnclosingRequest;
import org.apache.http.HttpRequest;
import org.apache.http.client.HttpClient;
import org.apache.http.protocol.HttpContext;

/**
 * Ordinary requests, with a token and a JSON body or none, by REST-assured. It is told to send what
 * it is given and nothing else, and to judge no answer: tests do that.
 */
final class PlainRequests {

  private static final HttpClient CLIENT = client();

  private static final RestAssuredConfig AS_GIVEN =
      RestAssuredConfig.newConfig()
          .httpClient(HttpClientConfig.httpClientConfig().httpClientFactory(() -> CLIENT))
          .encoderConfig(
              EncoderConfig.encoderConfig()
                  .defaultContentCharset(StandardCharsets.UTF_8)
                  .appendDefaultContentCharsetToContentTypeIfUndefined(false))
          .decoderConfig(DecoderConfig.decoderConfig().noContentDecoders())
          .redirect(RedirectConfig.redirectConfig().followRedirects(false));

  private PlainRequests() {}

  /**
   * The answer.
   *
   * @param token null to ask as nobody
   * @param json null for no body
   * @throws CompletionException around the reason why there is none
   */
  static Answer send(String method, URI uri, String token, String json) {
    RequestSpecification request = RestAssured.given().config(AS_GIVEN).urlEncodingEnabled(false);
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    if (json != null) {
      request.contentType("application/json").body(json);
    }
    return answer(unchecked(() -> request.request(method, uri)));
  }

  private static Answer answer(Response response) {
    Map<String, List<String>> headers =
        response.headers().asList().stream()
            .collect(
                Collectors.groupingBy(
                    Header::getName, Collectors.mapping(Header::getValue, Collectors.toList())));
    return Answer.of(
        response.statusCode(),
        new String(response.asByteArray(), StandardCharsets.UTF_8),
        HttpHeaders.of(headers, (name, value) -> true));
  }

  /** REST-assured throws what its client throws without saying so. */
  private static Response unchecked(java.util.concurrent.Callable<Response> call) {
    try {
      return call.call();
    } catch (Exception unanswered) {
      throw new CompletionException(unanswered);
    }
  }

  /** REST-assured takes none but a client of this kind. */
  @SuppressWarnings("deprecation")
  private static HttpClient client() {
    var connections = new org.apache.http.impl.conn.PoolingClientConnectionManager();
    connections.setDefaultMaxPerRoute(200);
    connections.setMaxTotal(400);
    var client = new org.apache.http.impl.client.DefaultHttpClient(connections);
    client.getParams().setIntParameter("http.connection.timeout", 10_000);
    client.getParams().setIntParameter("http.socket.timeout", 60_000);
    client.setHttpRequestRetryHandler((failure, count, context) -> false);
    client.addRequestInterceptor(PlainRequests::dropWhatNobodyAskedFor);
    return client;
  }

  private static void dropWhatNobodyAskedFor(HttpRequest request, HttpContext context) {
    request.removeHeaders("Accept");
    boolean body =
        request instanceof HttpEntityEnclosingRequest enclosing
            && enclosing.getEntity() != null
            && enclosing.getEntity().getContentLength() > 0;
    if (!body) {
      request.removeHeaders("Content-Type");
    }
  }
}
