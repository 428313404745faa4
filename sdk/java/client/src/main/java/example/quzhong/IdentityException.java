package example.quzhong;

/** What is wrong with a number and where, never what was given: it may end up in a log. */
public final class IdentityException extends QuzhongException {
  private static final long serialVersionUID = 1;

  private final String reason;
  private final int position;
  private final String zh;

  IdentityException(String reason, int position, String message, String zh) {
    super("identity: " + message);
    this.reason = reason;
    this.position = position;
    this.zh = zh;
  }

  /** One of CHECK_CHARACTER, LENGTH, CHARACTER, BIRTH_DATE, PHONE_NUMBER, EMPTY. */
  public String reason() {
    return reason;
  }

  /** Of the character that is wrong, from 1, in the number without blanks; 0: the whole of it. */
  public int position() {
    return position;
  }

  /** The message in Chinese. */
  public String zh() {
    return zh;
  }
}
