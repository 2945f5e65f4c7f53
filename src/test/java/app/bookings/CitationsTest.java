package app.bookings;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.testsupport.Fast;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A citation names a page of this repository and a heading that is there (CONTRIBUTING.md, "House
 * rules"): in Java, SQL, settings, manifests and documents.
 */
@Fast
class CitationsTest {

  /** Where pages are looked for, in this order. */
  private static final List<Path> PAGES =
      List.of(
          Path.of("src/docs/spec"),
          Path.of("src/docs"),
          Path.of("src/docs/adr"),
          Path.of(".github"),
          Path.of(""));

  private static final Pattern READ =
      Pattern.compile(
          ".*\\.(java|sql|properties|xml|yaml|md|pml|sh|lua|env)|.*/(run|mvnw|Dockerfile.*)");

  /** What begins a line of a comment, where a citation is wrapped. */
  private static final Pattern WRAP = Pattern.compile("\\s*\\n\\s*(?:\\*(?!/)|//|--|#)?\\s*");

  private static final Pattern CITED =
      Pattern.compile("(?<![\\w/.-])([\\w-]+(?:/[\\w-]+)*\\.(?:md|yaml))((?:, \"[^\"]{2,80}\")+)");
  private static final Pattern HEADING = Pattern.compile("\"([^\"]+)\"");
  private static final Pattern MENTIONED =
      Pattern.compile("(?<![\\w/.-])([\\w-]+(?:/[\\w-]+)*\\.md)\\b");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:\\s]+)(?:#[^)]*)?\\)");

  private static List<Path> files(String... roots) throws IOException {
    List<Path> found = new ArrayList<>();
    for (String root : roots) {
      try (Stream<Path> files = Files.walk(Path.of(root))) {
        files
            .filter(Files::isRegularFile)
            .filter(f -> READ.matcher(f.toString()).matches())
            .forEach(found::add);
      }
    }
    return found;
  }

  private static List<Path> all() throws IOException {
    List<Path> found = new ArrayList<>(files("src", ".github", ".ci"));
    found.addAll(
        List.of(
            Path.of("README.md"),
            Path.of("pom.xml"),
            Path.of("mvnw"),
            Path.of("Dockerfile.jvm"),
            Path.of("Dockerfile.native")));
    return found;
  }

  private static Optional<Path> page(Path from, String name) {
    Stream<Path> beside =
        Stream.ofNullable(from.getParent())
            .flatMap(
                folder ->
                    // a table that a test reads lies among its resources
                    Stream.of(folder, Path.of(folder.toString().replace("/java/", "/resources/"))));
    return Stream.concat(beside, PAGES.stream())
        .map(folder -> folder.resolve(name))
        .filter(Files::exists)
        .findFirst();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static boolean has(Path page, String heading) {
    return Pattern.compile("(?m)^#+ +(?:\\d+\\. +)?" + Pattern.quote(heading) + "\\s*$")
        .matcher(read(page))
        .find();
  }

  /** What a text cites that is not here. */
  private static List<String> missing(Path file, String text) {
    List<String> missing = new ArrayList<>();
    String flat = WRAP.matcher(text).replaceAll(" ");
    Matcher cited = CITED.matcher(flat);
    while (cited.find()) {
      Optional<Path> page = page(file, cited.group(1));
      Matcher headings = HEADING.matcher(cited.group(2));
      while (headings.find()) {
        String heading = headings.group(1);
        if (page.isEmpty() || !has(page.get(), heading)) {
          missing.add(file + ": " + cited.group(1) + ", \"" + heading + "\"");
        }
      }
    }
    Matcher mentioned = MENTIONED.matcher(flat);
    while (mentioned.find()) {
      if (page(file, mentioned.group(1)).isEmpty()) {
        missing.add(file + ": " + mentioned.group(1));
      }
    }
    return missing;
  }

  @Test
  void everyCitationIsOfAPageThatIsHere() throws IOException {
    List<String> missing = new ArrayList<>();
    int read = 0;
    for (Path file : all()) {
      if (!file.endsWith("CitationsTest.java")) {
        missing.addAll(missing(file, read(file)));
        read++;
      }
    }
    assertThat(read).isGreaterThan(300);
    assertThat(missing).isEmpty();
  }

  @Test
  void everyLinkOfADocumentLeadsSomewhere() throws IOException {
    List<String> dead = new ArrayList<>();
    List<Path> documents = new ArrayList<>(files("src/docs", ".github"));
    documents.add(Path.of("README.md"));
    for (Path document : documents) {
      Matcher links = LINK.matcher(read(document));
      while (links.find()) {
        Path folder = document.getParent() == null ? Path.of("") : document.getParent();
        if (document.toString().endsWith(".md")
            && !Files.exists(folder.resolve(links.group(1)).normalize())) {
          dead.add(document + ": " + links.group(1));
        }
      }
    }
    assertThat(dead).isEmpty();
  }

  /** The test sees what it is for. */
  @Test
  void aPageOrAHeadingThatIsNotHereIsSeen() {
    Path anywhere = Path.of("src/main/java/Anything.java");
    assertThat(missing(anywhere, "/** (domain.md, \"Money\"). */")).isEmpty();
    assertThat(missing(anywhere, "/** (domain.md,\n * \"Monkeys\"). */")).hasSize(1);
    assertThat(missing(anywhere, "/** (nowhere.md, \"Money\"). */")).hasSize(2);
  }
}
