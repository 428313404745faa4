package example.quzhong;

/**
 * What a client proves itself with: a {@link StaticToken}, or a {@link PrivateKeyJwt} that fetches
 * access tokens.
 */
public interface Credential {
  /**
   * A token that holds now.
   *
   * @throws ApiException if none can be had
   */
  String token();

  /**
   * Whether a stream that ended with this failure, opened under this token, may be opened again at
   * once with another one.
   */
  boolean renews(ApiException failure, String token);
}
