package app.bookings.testsupport;

import app.bookings.sandbox.EmbeddedDatabase;

/** The application under test, as {@code @QuarkusTest} runs it, with its sandbox. */
public final class Service {

  public static final String URL = "http://localhost:8081";

  public static final Bookings BOOKINGS = new Bookings(URL);
  public static final Neighbours NEIGHBOURS = new Neighbours(URL);

  private Service() {}

  public static Books books() {
    return new Books(EmbeddedDatabase.settings());
  }

  public static Scene scene() {
    return new Scene(NEIGHBOURS);
  }
}
