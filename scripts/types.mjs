#!/usr/bin/env node
// Writes the types that others compile against, each in one file that imports nothing of ours: dist/library.d.cts and .d.mts of the
// library, dist/api.d.ts of what other extensions get. Runs on the pinned Node.
import fs from 'node:fs';
import { rolldown } from 'rolldown';
import { dts } from 'rolldown-plugin-dts';
import { inRepo } from './lib/paths.mjs';

/** Types of one entry, from its sources. */
async function typesOf(entry) {
  const tsconfig = inRepo(`${entry.split('/').slice(0, 2).join('/')}/tsconfig.json`);
  const bundle = await rolldown({
    cwd: inRepo(),
    input: entry,
    checks: { pluginTimings: false },
    // `build`: a fresh clone has no output of the projects that this one refers to.
    plugins: [dts({ emitDtsOnly: true, build: true, tsconfig })],
  });
  const { output } = await bundle.generate({ format: 'es' });
  await bundle.close();
  const chunks = output.filter(({ type }) => type === 'chunk');
  if (chunks.length !== 1) throw new Error(`The types of ${entry} came in ${chunks.length} files.`);
  return chunks[0].code;
}

const library = await typesOf('src/library/library.ts');
for (const name of ['library.d.cts', 'library.d.mts']) fs.writeFileSync(inRepo('dist', name), library);
fs.writeFileSync(inRepo('dist/api.d.ts'), await typesOf('src/extension/api/api.ts'));
