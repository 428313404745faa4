package example.quzhong;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class PrivateKeyJwtTest {
  private static KeyPair pair(String curve) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(curve));
    return generator.generateKeyPair();
  }

  private static String pem(KeyPair pair) {
    String content = Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded());
    return "-----BEGIN PRIVATE KEY-----\n" + content + "\n-----END PRIVATE KEY-----\n";
  }

  @Test
  void aP256KeySignsToo() throws Exception {
    KeyPair pair = pair("secp256r1");
    SignedJWT token =
        SignedJWT.parse(
            ClientKey.of(pem(pair)).signed(new JWTClaimsSet.Builder().issuer("client").build()));
    assertEquals("ES256", token.getHeader().getAlgorithm().getName());
    assertTrue(token.verify(new ECDSAVerifier((ECPublicKey) pair.getPublic())));
  }

  @Test
  void anotherKeyIsRefusedByName() throws Exception {
    KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
    for (String wrong :
        new String[] {"", "not a key", pem(pair("secp384r1")), pem(rsa.generateKeyPair())}) {
      var options = PrivateKeyJwt.builder("client", wrong, "http://127.0.0.1/oauth/token");
      IllegalArgumentException told = assertThrows(IllegalArgumentException.class, options::build);
      assertTrue(told.getMessage().startsWith("privateKey: "), told.getMessage());
    }
  }

  @Test
  void whatIsPrintedHasNoSecret() throws Exception {
    String key = pem(pair("secp256r1"));
    String told =
        PrivateKeyJwt.builder("client", key, "http://127.0.0.1/oauth/token").build().toString();
    assertEquals("PrivateKeyJwt(client, http://127.0.0.1/oauth/token)", told);
    assertFalse(new StaticToken("secret").toString().contains("secret"));
  }
}
