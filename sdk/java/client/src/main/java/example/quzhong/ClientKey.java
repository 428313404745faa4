package example.quzhong;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.impl.BaseJWSProvider;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The private half of the key that the platform registered: Ed25519 or P-256. */
final class ClientKey {
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  private final JWSAlgorithm algorithm;
  private final JWSSigner signer;

  private ClientKey(JWSAlgorithm algorithm, JWSSigner signer) {
    this.algorithm = algorithm;
    this.signer = signer;
  }

  /** Of a PEM (PKCS #8). Throws {@link IllegalArgumentException} if it is none of such a key. */
  static ClientKey of(String pem) {
    Matcher found = PEM.matcher(pem);
    if (!found.find()) {
      throw new IllegalArgumentException(
          "privateKey: no PEM of a private key (PKCS #8: BEGIN PRIVATE KEY)");
    }
    PKCS8EncodedKeySpec encoded =
        new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(found.group(1)));
    try {
      return new ClientKey(
          JWSAlgorithm.Ed25519,
          new Ed25519(KeyFactory.getInstance("Ed25519").generatePrivate(encoded)));
    } catch (GeneralSecurityException notThisOne) {
      return ofP256(encoded);
    }
  }

  private static ClientKey ofP256(PKCS8EncodedKeySpec encoded) {
    try {
      ECPrivateKey key = (ECPrivateKey) KeyFactory.getInstance("EC").generatePrivate(encoded);
      if (!Curve.P_256.equals(Curve.forECParameterSpec(key.getParams()))) {
        throw new IllegalArgumentException("privateKey: not an Ed25519 or P-256 key");
      }
      return new ClientKey(JWSAlgorithm.ES256, new ECDSASigner(key));
    } catch (GeneralSecurityException | JOSEException error) {
      throw new IllegalArgumentException(
          "privateKey: no PEM of an Ed25519 or P-256 private key", error);
    }
  }

  String signed(JWTClaimsSet claims) {
    SignedJWT token = new SignedJWT(new JWSHeader(algorithm), claims);
    try {
      token.sign(signer);
    } catch (JOSEException error) {
      throw new IllegalStateException(error);
    }
    return token.serialize();
  }

  /**
   * The JDK's EdDSA with this curve, under the name RFC 9864 gives it, which says the curve too.
   */
  private static final class Ed25519 extends BaseJWSProvider implements JWSSigner {
    private final PrivateKey key;

    Ed25519(PrivateKey key) {
      super(Set.of(JWSAlgorithm.Ed25519));
      this.key = key;
    }

    @Override
    public Base64URL sign(JWSHeader header, byte[] input) throws JOSEException {
      try {
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(key);
        signature.update(input);
        return Base64URL.encode(signature.sign());
      } catch (GeneralSecurityException error) {
        throw new JOSEException(error.getMessage(), error);
      }
    }
  }
}
