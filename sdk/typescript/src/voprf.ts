/**
 * The client's half of VOPRF(ristretto255, SHA-512) of RFC 9497, of a batch under one proof:
 *
 *     blindedOf(input) ── blinded ─────▶ registry
 *     outputsOf(…)     ◀── evaluated, proof
 */
import { ristretto255_oprf } from "@noble/curves/ed25519.js";

const { voprf } = ristretto255_oprf;

/** An input on its way: `blinded` tells nothing of it without `blind`. */
export interface Blinding {
  /** Stays here. */
  readonly input: Uint8Array;
  /** Used once; stays here. */
  readonly blind: Uint8Array;
  /** What is sent. */
  readonly blinded: Uint8Array;
}

/** What the holder of the key answered: an element for each, and a proof of all together. */
export interface Evaluation {
  readonly elements: readonly Uint8Array[];
  readonly proof: Uint8Array;
}

/** `random` is for test vectors only. */
export function blindedOf(input: Uint8Array, random?: (bytes?: number) => Uint8Array): Blinding {
  return { input, ...voprf.blind(input, random) };
}

/**
 * 64 bytes for each input, in their order. Throws if anything of the evaluation is not what the holder of the public key's
 * secret would have answered.
 */
export function outputsOf(blindings: readonly Blinding[], evaluation: Evaluation, publicKey: Uint8Array): Uint8Array[] {
  const { elements, proof } = evaluation;
  if (elements.length !== blindings.length || elements.length === 0) {
    throw new Error(`${elements.length} elements for ${blindings.length}`);
  }
  const items = blindings.map((blinding, place) => ({ ...blinding, evaluated: elements[place]! }));
  return voprf.finalizeBatch(items, publicKey, proof);
}
