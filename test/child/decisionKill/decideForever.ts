// The process that is killed: makes one step after the other, and names each on stdout when it is done.
import fs from 'node:fs';
import { acceptStep } from '../../../src/core/review/steps';
import { DecisionStore } from '../../../src/workspace/decisions/decisionStore';

/** `size`: documents of one step. */
async function main(file: string, name: string, count: number, size: number): Promise<void> {
  const { store, notice } = await DecisionStore.open(file, { ownFolder: true, by: name });
  if (notice) throw new Error(notice.message);
  for (let n = 0; n < count; n++) {
    const step = `${name}/${n}`;
    const tags = Array.from({ length: size }, (_, at) => {
      const tag = { root: '', path: `${step}/${at}.md`, passage: null, set: 'set', textHash: '0a'.repeat(32) };
      return ['bug', 'idea'].map((label) => ({ ...tag, label }));
    });
    await store.decide(acceptStep(tags.flat()));
    // Not through the stream of process.stdout, which may hold it back.
    fs.writeSync(1, `${step}\n`);
  }
  store.close();
}

const [file = '', name = '', count = 'Infinity', size = '1'] = process.argv.slice(2);
await main(file, name, Number(count), Number(size));
