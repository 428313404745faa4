package example.quzhong;

/**
 * All that this package throws of itself; its kind says what to do next.
 *
 * <pre>
 * QuzhongException
 * ├── ApiException                       the server answered with a status: code, reason, field, zh
 * │   ├── ApiException.InvalidArgument       a field is wrong: mend the request
 * │   ├── ApiException.NotFound              no such thing: check the name
 * │   ├── ApiException.AlreadyExists         there already, with other content: choose another name
 * │   ├── ApiException.FailedPrecondition    not in this state: do first what the message says
 * │   ├── ApiException.Conflict              somebody changed it meanwhile: read it again, then decide anew
 * │   ├── ApiException.Unauthenticated       no or unknown credential: ask the registry for one
 * │   ├── ApiException.PermissionDenied      known, but may not: ask the registry for the role or the area
 * │   ├── ApiException.ResourceExhausted     too much at once: resent when the server says; or too large: split
 * │   ├── ApiException.DeadlineExceeded      no answer in time: it may have had its effect; resending is safe
 * │   ├── ApiException.Unavailable           cannot be had at the moment: the client resends it by itself
 * │   └── ApiException.Server                any other status: report it with its reason
 * ├── IdentityException                  what a worker is known by cannot be right: position says where
 * ├── PseudonymException                 no pseudonym could be made
 * │   ├── PseudonymException.EvaluationRefused   the registry's answer does not prove itself: report it, use no other
 * │   └── PseudonymException.KeyChanged          a version's public key is another than before: report it
 * ├── UndeliveredException               batches that got no answer; nothing is lost, they are in batches()
 * └── ClientClosedException              the client was used after close
 * </pre>
 *
 * Arguments that make no sense are an {@link IllegalArgumentException} that names them.
 */
public abstract class QuzhongException extends RuntimeException {
  private static final long serialVersionUID = 1;

  QuzhongException(String message) {
    super(message);
  }
}
