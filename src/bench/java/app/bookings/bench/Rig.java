package app.bookings.bench;

import app.bookings.testsupport.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Database and neighbours for whoever starts the service by hand, until this process is ended. */
public final class Rig {

  private Rig() {}

  /** Writes the environment of the service to a file, once both are there. */
  public static void main(String... arguments) throws IOException, InterruptedException {
    try (Processes processes = new Processes(1)) {
      Files.writeString(
          Path.of(arguments[0]),
          processes.settings().entrySet().stream()
              .map(setting -> setting.getKey() + "=" + setting.getValue())
              .collect(Collectors.joining("\n", "", "\n")));
      Thread.currentThread().join();
    }
  }
}
