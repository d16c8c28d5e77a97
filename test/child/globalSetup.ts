// Builds the real child for the tests of this tier, apart from dist/ so that it cannot be stale.
import { build } from 'esbuild';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { workerBundle } from '../../scripts/bundles.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    /** The bundled child process. */
    workerFile: string;
    /** A child that watches its parent with the real watchdog and blocks its own main thread. */
    blockedFile: string;
  }
}

export default async function setup(project: TestProject): Promise<void> {
  const workerFile = path.resolve('out/child/worker.js');
  const blockedFile = path.resolve('out/child/blocked.js');
  await Promise.all([
    build({ ...workerBundle, outfile: workerFile }),
    build({ ...workerBundle, entryPoints: ['test/child/fixtures/blocked.ts'], outfile: blockedFile }),
  ]);
  project.provide('workerFile', workerFile);
  project.provide('blockedFile', blockedFile);
}
