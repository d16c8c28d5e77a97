// Text from files and settings made safe to show: nothing in it can reorder, hide or break the row it stands in.

/** Embeddings, overrides and isolates: they turn `gpj.exe` into `exe.jpg` for the eye. */
const reordering = /[\u202a-\u202e\u2066-\u2069]/gu;
/* eslint-disable-next-line no-control-regex -- control characters are what is looked for */
const controls = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/gu;

/**
 * The text on one line, with reordering characters shown as `[U+202E]` as the editor does, and control characters as
 * spaces. Marks of right-to-left scripts stay; the row isolates them. At most `limit` characters, then `…`.
 */
export function safeText(text: string, limit = 1000): string {
  const cut = text.length > limit ? `${text.slice(0, surrogateSafe(text, limit))}…` : text;
  return cut
    .replace(controls, ' ')
    .replace(reordering, (character) => `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}]`);
}

/** For a text to be cut in the middle: its head and the tail that always stays; an empty tail where no cut can be made. */
export function splitForCut(text: string, tailLength: number): { readonly head: string; readonly tail: string } {
  // Cutting inside right-to-left text would reorder the two halves.
  if (text.length < tailLength + 4 || /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/u.test(text)) {
    return { head: text, tail: '' };
  }
  const at = surrogateSafe(text, text.length - tailLength);
  // A combining mark or joiner must not begin the tail.
  const whole = /^(?:\p{M}|\u200d)/u.test(text.slice(at));
  return whole ? { head: text, tail: '' } : { head: text.slice(0, at), tail: text.slice(at) };
}

function surrogateSafe(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
}
