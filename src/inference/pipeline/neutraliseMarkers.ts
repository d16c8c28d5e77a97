// Takes the power from marker texts inside documents and examples: there they are words, not structure.

/** Every marker that upstream writes into an input, as it is after NFKC. */
const markerTexts = ['<<LABEL>>', '<<SEP>>', '<<EXAMPLE>>', '<</EXAMPLE>>', '<<TRUE_LABEL>>', '<<FALSE_LABEL>>'];

/**
 * The text with the second `<` of every marker replaced by a space (`<<LABEL>>` becomes `< LABEL>>`), so that no tokenizer
 * reads it as a marker. The length in UTF-16 units stays the same, so offsets into the text stay valid. Full-width and other
 * compatibility forms count too: some tokenizers apply NFKC before they look for markers.
 */
export function neutraliseMarkers(text: string): string {
  if (!/[<＜﹤]/u.test(text)) return text;
  // Character by character, to know where each normalised character came from.
  let plain = '';
  const origins: number[] = [];
  let offset = 0;
  for (const character of text) {
    for (const unit of character.normalize('NFKC').split('')) {
      plain += unit;
      origins.push(offset);
    }
    offset += character.length;
  }
  const units = text.split('');
  for (const marker of markerTexts) {
    for (let at = plain.indexOf(marker); at >= 0; at = plain.indexOf(marker, at + 1)) {
      const origin = origins[at + 1];
      if (origin !== undefined) units[origin] = ' ';
    }
  }
  return units.join('');
}
