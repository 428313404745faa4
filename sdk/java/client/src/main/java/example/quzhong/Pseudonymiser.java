package example.quzhong;

/**
 * Turns who somebody is into a pseudonym of 16–64 characters A–Z a–z 0–9 _ -. The same identity
 * gives the same pseudonym; nobody without the key can go back or forth. Called from any thread.
 */
@FunctionalInterface
public interface Pseudonymiser {
  /** Of one identity number or licence number. */
  String pseudonym(String identity);
}
