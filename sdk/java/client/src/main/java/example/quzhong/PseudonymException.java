package example.quzhong;

/** No pseudonym could be made. Nothing was sent that tells who the worker is. */
public class PseudonymException extends QuzhongException {
  private static final long serialVersionUID = 1;

  PseudonymException(String message) {
    super(message);
  }

  /** The registry's answer does not prove itself: report it, and use nothing of it. */
  public static final class EvaluationRefused extends PseudonymException {
    private static final long serialVersionUID = 1;

    EvaluationRefused(String message) {
      super(message);
    }
  }

  /**
   * A version's public key is another than before: ask the registry, by another way, which one is
   * right.
   */
  public static final class KeyChanged extends PseudonymException {
    private static final long serialVersionUID = 1;

    KeyChanged(String message) {
      super(message);
    }
  }
}
