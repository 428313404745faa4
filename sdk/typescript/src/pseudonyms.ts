/** Pseudonyms of workers: the same for a person on every platform, and made before anything leaves the platform. */

/** Turns who somebody is into a pseudonym of 16–64 characters A–Z a–z 0–9 _ -. */
export interface Pseudonymiser {
  /** The same identity gives the same pseudonym; nobody without the key can go back or forth. */
  pseudonym(identity: string): string | Promise<string>;
}
