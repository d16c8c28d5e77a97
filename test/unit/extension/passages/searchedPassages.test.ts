import { describe, expect, it } from 'vitest';
import { searchPattern } from '../../../../src/core/searchPattern';
import { mostPassages, searchedPassages, type SearchedText } from '../../../../src/extension/passages/searchedPassages';

const line = (at: number, word: string) =>
  `Paragraph ${at} says something about the ${word} that is long enough to be a passage of its own, which needs many words.`;
const documentOf = (id: string, count: number, word: string): SearchedText => ({
  id,
  name: `${id}.md`,
  text: Array.from({ length: count }, (_, at) => line(at, word)).join('\n\n'),
  isMarkdown: true,
});

/** Tells how many documents were asked for. */
function stream(...documents: readonly SearchedText[]) {
  const seen: string[] = [];
  async function* all() {
    for (const document of documents) {
      seen.push(document.id);
      yield await Promise.resolve(document);
    }
  }
  return { seen, all: all() };
}

const search = (words: string, documents: AsyncIterable<SearchedText>) =>
  searchedPassages(searchPattern(words), documents);
const counts = ({ sources }: Awaited<ReturnType<typeof search>>) =>
  sources.map(({ id, within = [] }) => [id, within.length]);

describe('a search', () => {
  it('takes the passages with hits of all documents that have any', async () => {
    const { all } = stream(documentOf('a', 3, 'zebra'), documentOf('b', 2, 'horse'), documentOf('c', 1, 'zebra'));
    const searched = await search('zebra', all);
    expect(counts(searched)).toEqual([
      ['a', 3],
      ['c', 1],
    ]);
    expect(searched).toMatchObject({ passages: 4, cut: false });
  });

  it('is not cut where it finds just as many as are read', async () => {
    const searched = await search('zebra', stream(documentOf('a', mostPassages, 'zebra')).all);
    expect(searched).toMatchObject({ passages: mostPassages, cut: false });
  });

  it('ends with the first passage too many, says so, and reads no further document', async () => {
    const { seen, all } = stream(
      documentOf('a', mostPassages - 1, 'zebra'),
      documentOf('b', 2, 'zebra'),
      documentOf('c', 1, 'zebra'),
    );
    const searched = await search('zebra', all);
    expect(counts(searched)).toEqual([
      ['a', mostPassages - 1],
      ['b', 1],
    ]);
    expect(searched).toMatchObject({ passages: mostPassages, cut: true });
    expect(seen).toEqual(['a', 'b']);
  });

  it('finds nothing in nothing', async () => {
    expect(await search('zebra', stream().all)).toEqual({ sources: [], passages: 0, cut: false });
  });

  it('ends with a message where an expression would not end', async () => {
    const text = `${'a'.repeat(60)}!`;
    const endless = search('/(a+)+$/', stream({ id: 'a', name: 'a.md', text, isMarkdown: true }).all);
    await expect(endless).rejects.toThrow('(a+)+$');
    await expect(endless).rejects.toThrow('on a.md');
  });
});
