package app.bookings.database;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * A statement with a name. The text begins with it, as a comment, so that PostgreSQL's log, {@code
 * pg_stat_activity} and {@code pg_stat_statements} tell by it which statement of ours they mean.
 * The text is the same every time, and a connection prepares it once.
 *
 * <p>Statements are constants: all of them are registered once the classes that hold them are
 * initialised.
 */
public final class Statement {

  /** The table or the room, and what is done there. */
  private static final Pattern NAME = Pattern.compile("[a-z_]+\\.[a-z_]+");

  private static final Set<String> NAMES = ConcurrentHashMap.newKeySet();

  private final String text;

  private Statement(String name, String sql) {
    this.text = "/* " + name + " */\n" + sql;
  }

  /**
   * A statement of this name.
   *
   * @param name in lower case: the table or the room, a dot, and what is done there
   * @throws IllegalArgumentException where there is one of that name, or it is no name
   */
  public static Statement named(String name, String sql) {
    register(name);
    return new Statement(name, sql);
  }

  /**
   * Statements that are composed of parts, under one name.
   *
   * @param name as of a statement
   * @throws IllegalArgumentException where there is one of that name, or it is no name
   */
  public static Family family(String name) {
    register(name);
    return new Family(name);
  }

  private static void register(String name) {
    if (!NAME.matcher(name).matches() || !NAMES.add(name)) {
      throw new IllegalArgumentException(name + " is no name of a statement, or there is one");
    }
  }

  /** The names of all statements and families of classes that were initialised, in order. */
  static Set<String> names() {
    return new TreeSet<>(NAMES);
  }

  /** Executes it in a transaction of the caller. */
  public Uni<RowSet<Row>> execute(SqlConnection connection, Tuple parameters) {
    return connection.preparedQuery(text).execute(parameters);
  }

  /** Statements of one name, each with a text of its own. */
  public static final class Family {
    private final String name;

    private Family(String name) {
      this.name = name;
    }

    /** The statement with this text; of few texts, for each is prepared on every connection. */
    public Statement of(String sql) {
      return new Statement(name, sql);
    }
  }
}
