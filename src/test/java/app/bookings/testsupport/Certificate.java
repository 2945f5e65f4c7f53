package app.bookings.testsupport;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/**
 * A server's certificate and key in PEM, made for one host with the JDK's own tool; signed by
 * itself, so that it is its own authority.
 */
public record Certificate(Path certificate, Path key) {

  private static final String PASSWORD = "changeit";

  public static Certificate of(String host, Path folder) {
    try {
      Path store = Files.createDirectories(folder).resolve(host + ".p12");
      Process keytool =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                  "-genkeypair",
                  "-alias",
                  host,
                  "-keyalg",
                  "RSA",
                  "-keysize",
                  "2048",
                  "-dname",
                  "CN=" + host,
                  "-ext",
                  "SAN=dns:" + host,
                  "-validity",
                  "30",
                  "-storetype",
                  "PKCS12",
                  "-keystore",
                  store.toString(),
                  "-storepass",
                  PASSWORD)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
        throw new IllegalStateException("no certificate was made");
      }
      KeyStore made = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(store)) {
        made.load(in, PASSWORD.toCharArray());
      }
      return new Certificate(
          pem(folder, host + ".crt", "CERTIFICATE", made.getCertificate(host).getEncoded()),
          pem(
              folder,
              host + ".key",
              "PRIVATE KEY",
              made.getKey(host, PASSWORD.toCharArray()).getEncoded()));
    } catch (IOException | GeneralSecurityException failure) {
      throw new IllegalStateException(failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  private static Path pem(Path folder, String name, String what, byte[] encoded)
      throws IOException {
    String lines =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(encoded);
    return Files.writeString(
            folder.resolve(name),
            "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n")
        .toAbsolutePath();
  }
}
