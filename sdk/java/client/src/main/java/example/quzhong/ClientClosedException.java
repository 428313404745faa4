package example.quzhong;

/** The client was used after {@code close}. */
public final class ClientClosedException extends QuzhongException {
  private static final long serialVersionUID = 1;

  ClientClosedException() {
    super("the client is closed");
  }
}
