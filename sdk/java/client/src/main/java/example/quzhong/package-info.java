/**
 * Hands in work-session and dispatch events of platform work to Quzhong (取中), and hears what became
 * of each.
 *
 * <p>{@link example.quzhong.Client} sends rows in the background, in batches, and loses none.
 * {@link example.quzhong.DispatchRow} and {@link example.quzhong.WorkSessionRow} are what it takes;
 * their methods {@code correct} and {@code delete} make the rows that replace them. {@link
 * example.quzhong.ObliviousPseudonymiser} turns who a worker is into a pseudonym, with a key that
 * the registry keeps and without telling it. {@link example.quzhong.Advisories} says what to do for
 * whom, before a limit is passed. Errors are a tree under {@link example.quzhong.QuzhongException}.
 * The packages below {@code api} have the generated code of every service.
 *
 * <p>It does what the Python package of the same name does; {@code sdk/vectors} holds the two
 * together.
 */
package example.quzhong;
