// Scores as they come into the page, as numbers again.

/** Base64 of little-endian 32-bit floats, as every machine that runs the page has them. Null where it is none of `length`. */
export function decodeScores(base64: string, length: number): Float32Array | null {
  let binary: string;
  try {
    binary = atob(base64);
  } catch {
    return null;
  }
  if (binary.length !== 4 * length) return null;
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  return new Float32Array(bytes.buffer);
}
