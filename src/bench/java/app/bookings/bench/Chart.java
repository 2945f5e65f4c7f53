package app.bookings.bench;

import java.util.List;
import java.util.Locale;

/** The results as a picture: each bar is the measured figure, the line is the target. */
final class Chart {

  private static final int ROW = 34;
  private static final int BAR = 300;
  private static final int LEFT = 300;

  private Chart() {}

  static String of(List<Results.Row> rows) {
    StringBuilder svg = new StringBuilder();
    int height = rows.size() * ROW + 30;
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"760\" height=\"%d\""
                + " font-family=\"sans-serif\" font-size=\"12\">%n"
                + "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n",
            height));
    for (int i = 0; i < rows.size(); i++) {
      Results.Row row = rows.get(i);
      int y = 20 + i * ROW;
      // The target is at half the width, so that bars of all units compare.
      double width = Math.min(BAR, BAR / 2.0 * row.measured() / row.target());
      svg.append(
          String.format(
              Locale.ROOT,
              "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>%n"
                  + "<rect x=\"%d\" y=\"%d\" width=\"%.0f\" height=\"16\" fill=\"%s\"/>%n"
                  + "<line x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\" stroke=\"black\"/>%n"
                  + "<text x=\"%d\" y=\"%d\">%.2f (%s %.2f)</text>%n",
              LEFT - 8,
              y + 13,
              row.name(),
              LEFT,
              y,
              width,
              row.met() ? "#4a8f5c" : "#c26a4a",
              LEFT + BAR / 2,
              LEFT + BAR / 2,
              y - 4,
              y + 20,
              LEFT + BAR + 8,
              y + 13,
              row.measured(),
              row.atLeast() ? "at least" : "at most",
              row.target()));
    }
    return svg.append("</svg>\n").toString();
  }
}
