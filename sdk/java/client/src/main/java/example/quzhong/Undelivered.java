package example.quzhong;

/**
 * A batch that got no answer.
 *
 * @param batch its rows, under the request id they were sent with
 * @param cause why it was given up; null: it was never sent, {@code close} had no time left
 */
public record Undelivered(Batch batch, RuntimeException cause) {}
