import { describe, expect, it } from 'vitest';
import { hitPassages } from '../../../src/core/hitPassages';
import { matchesOf } from '../../../src/extension/passages/matchesOf';
import { searchPattern } from '../../../src/core/searchPattern';

const first = 'The lighthouse keeper counted every ship that came by night, and wrote their names into a long list.';
const second = 'Every morning at seven the list was carried down to the harbour office, where nobody ever read it.';
const third = 'When the keeper died they found forty years of names, and among them two ships that never were.';
const text = `# Keeper\n\n${first}\n\n${second}\n\n${third}\n`;

const found = (words: string, isMarkdown = true) =>
  hitPassages(matchesOf(searchPattern(words), text, 'keeper.md'), text, isMarkdown).map(({ start, end }) =>
    text.slice(start, end),
  );

describe('passages with hits', () => {
  it('come in order, each once', () => {
    expect(found('names')).toEqual([`# Keeper\n\n${first}`, third]);
    expect(found('/ship|night/')).toEqual([`# Keeper\n\n${first}`, third]);
    expect(found('harbour')).toEqual([second]);
  });

  it('are those that a heading with a hit stands above', () => {
    expect(found('Keeper')).toEqual([`# Keeper\n\n${first}`]);
  });

  it('are all that one hit reaches over', () => {
    expect(found('/list\\.\\s+Every/')).toEqual([`# Keeper\n\n${first}`, second]);
  });

  it('are none without a hit, or for an empty one', () => {
    expect(found('submarine')).toEqual([]);
    expect(found('/x*/')).toEqual([]);
  });
});
