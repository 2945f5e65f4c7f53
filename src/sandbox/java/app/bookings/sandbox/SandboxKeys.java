package app.bookings.sandbox;

import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The key pair of the sandbox, and the demo tokens that it signs. It is kept beside what is built,
 * so that a token lives over a restart.
 */
public final class SandboxKeys {

  static final String KEY_ID = "sandbox";
  private static final String PUBLIC = "sandbox.public-key";
  private static final String PRIVATE = "sandbox.private-key";
  private static final Path KEPT = Path.of("target", "sandbox", "keys");
  private static final Duration VALID = Duration.ofDays(1);

  private SandboxKeys() {}

  /** Base64 of the public key, as the OIDC settings take it. */
  public static String publicKey() {
    make();
    return System.getProperty(PUBLIC);
  }

  /** A token of a signed-in customer. */
  public static String userToken(String issuer, UUID userId) {
    return sign(Jwt.claims().subject(userId.toString()), issuer);
  }

  /** A token of another service. */
  public static String serviceToken(String issuer) {
    return sign(Jwt.claims().subject("sandbox").groups(Set.of("bookings-internal")), issuer);
  }

  private static String sign(JwtClaimsBuilder claims, String issuer) {
    return sign(claims.issuer(issuer).expiresIn(VALID));
  }

  /** A token of any claims, as genuine as its claims are. */
  public static String sign(JwtClaimsBuilder claims) {
    return claims.jws().keyId(KEY_ID).sign(privateKey());
  }

  static RSAPublicKey rsa() {
    try {
      return (RSAPublicKey)
          KeyFactory.getInstance("RSA")
              .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(publicKey())));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static PrivateKey privateKey() {
    make();
    try {
      byte[] key = Base64.getDecoder().decode(System.getProperty(PRIVATE));
      return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(key));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static void make() {
    synchronized (System.getProperties()) {
      if (System.getProperty(PUBLIC) != null) {
        return;
      }
      try {
        List<String> pair = Files.exists(KEPT) ? Files.readAllLines(KEPT) : makeAndKeep();
        System.setProperty(PRIVATE, pair.get(0));
        System.setProperty(PUBLIC, pair.get(1));
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      } catch (GeneralSecurityException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }

  private static List<String> makeAndKeep() throws IOException, GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair pair = generator.generateKeyPair();
    Base64.Encoder base64 = Base64.getEncoder();
    Files.createDirectories(KEPT.getParent());
    Path whole = Files.createTempFile(KEPT.getParent(), "keys", ".new");
    Files.write(
        whole,
        List.of(
            base64.encodeToString(pair.getPrivate().getEncoded()),
            base64.encodeToString(pair.getPublic().getEncoded())));
    Files.move(whole, KEPT, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    return Files.readAllLines(KEPT);
  }
}
