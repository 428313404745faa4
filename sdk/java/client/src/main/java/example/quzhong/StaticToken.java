package example.quzhong;

/**
 * A token of the registry.
 *
 * @param token the token itself
 */
public record StaticToken(String token) implements Credential {
  /** False: there is no other. */
  @Override
  public boolean renews(ApiException failure, String token) {
    return false;
  }

  /** Keeps the token out of logs. */
  @Override
  public String toString() {
    return "StaticToken(…)";
  }
}
