// Bytes to text by the rules of the editor: a BOM wins, then the configured encoding; what does not decode is refused, never guessed.
import { Breather } from '../flow/breather';

/** Half a megabyte of tables that UTF-8 and UTF-16 never need: loaded with the first other encoding, not at activation. */
const loadIconv = async () => (await import('iconv-lite')).default;

/** Bytes decoded at once, so that a large file does not hold the event loop. */
const sliceBytes = 512 * 1024;
/** How far the editor looks for the zero bytes of UTF-16 without a BOM. */
const zeroByteWindow = 512;
const replacement = '\uFFFD';

type Unicode = 'utf-8' | 'utf-16le' | 'utf-16be';

/** The Unicode encoding that the bytes themselves announce, and the length of the BOM. */
export function announcedEncoding(
  bytes: Uint8Array,
): { readonly encoding: Unicode; readonly bomLength: number } | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { encoding: 'utf-8', bomLength: 3 };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { encoding: 'utf-16be', bomLength: 2 };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { encoding: 'utf-16le', bomLength: 2 };
  const encoding = utf16WithoutBom(bytes);
  return encoding && { encoding, bomLength: 0 };
}

/**
 * As VS Code finds it: every second byte is zero and no other (mostly Latin text), within the first 512 bytes.
 * Source: detectEncodingFromBuffer in microsoft/vscode, src/vs/workbench/services/textfile/common/encoding.ts.
 */
function utf16WithoutBom(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const window = Math.min(bytes.length, zeroByteWindow);
  let little = window > 1;
  let big = window > 1;
  for (let index = 0; index < window && (little || big); index++) {
    const zero = bytes[index] === 0;
    const odd = index % 2 === 1;
    if (odd !== zero) little = false;
    if (odd === zero) big = false;
  }
  if (little) return 'utf-16le';
  return big ? 'utf-16be' : null;
}

/** Whether `name` (VS Code's, as in `files.encoding`) is one of the Unicode encodings, under the name TextDecoder knows. */
export function unicodeEncoding(name: string): Unicode | null {
  switch (name.toLowerCase().replace(/[^a-z0-9]/g, '')) {
    case 'utf8':
    case 'utf8bom':
      return 'utf-8';
    case 'utf16le':
      return 'utf-16le';
    case 'utf16be':
      return 'utf-16be';
    default:
      return null;
  }
}

export async function isKnownEncoding(name: string): Promise<boolean> {
  return unicodeEncoding(name) !== null || (await loadIconv()).encodingExists(name);
}

/** The text, or null where the bytes are not valid in the encoding. The BOM must be cut off already. */
export async function decodeStrictly(bytes: Uint8Array, name: string): Promise<string | null> {
  const unicode = unicodeEncoding(name);
  const decoder = unicode ? strictDecoder(unicode) : await legacyDecoder(name);
  const breather = new Breather();
  let text = '';
  for (let start = 0; start < bytes.length || start === 0; start += sliceBytes) {
    const end = start + sliceBytes;
    const part = decoder(bytes.subarray(start, end), end >= bytes.length);
    if (part === null) return null;
    text += part;
    if (breather.due) await breather.pause();
  }
  return text;
}

type Decoder = (slice: Uint8Array, last: boolean) => string | null;

function strictDecoder(encoding: Unicode): Decoder {
  // ignoreBOM keeps a second BOM, as the editor does: it drops one and no more.
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  return (slice, last) => {
    try {
      return decoder.decode(slice, { stream: !last });
    } catch (error) {
      if (error instanceof TypeError) return null;
      throw error;
    }
  };
}

/** iconv-lite replaces what it cannot decode; only gb18030 could mean the replacement character, and it never does in texts. */
async function legacyDecoder(name: string): Promise<Decoder> {
  const decoder = (await loadIconv()).getDecoder(name, { stripBOM: false });
  return (slice, last) => {
    const text =
      decoder.write(Buffer.from(slice.buffer, slice.byteOffset, slice.byteLength)) +
      (last ? (decoder.end() ?? '') : '');
    return text.includes(replacement) ? null : text;
  };
}
