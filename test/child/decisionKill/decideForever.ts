// The process that is killed: decides on one document after the other, and names each on stdout when its decision is done.
import fs from 'node:fs';
import { acceptStep } from '../../../src/core/review/steps';
import { DecisionStore } from '../../../src/workspace/decisions/decisionStore';

async function main(file: string, name: string, count: number): Promise<void> {
  const { store, notice } = await DecisionStore.open(file, { ownFolder: true, by: name });
  if (notice) throw new Error(notice.message);
  for (let n = 0; n < count; n++) {
    const path = `${name}/${n}.md`;
    const tag = { root: '', path, passage: null, set: 'set', textHash: '0a'.repeat(32) };
    await store.decide(acceptStep(['bug', 'idea'].map((label) => ({ ...tag, label }))));
    // Not through the stream of process.stdout, which may hold it back.
    fs.writeSync(1, `${path}\n`);
  }
  store.close();
}

const [file = '', name = '', count = 'Infinity'] = process.argv.slice(2);
await main(file, name, Number(count));
