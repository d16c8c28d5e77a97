// A folder of a test's own with the documents and labels of the fixtures.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { documents, labels } from './runCli';

/** Its path; it holds `docs` and `labels.json`, and goes with the test. To be called in a test or a `beforeEach`. */
export function documentsFolder(): string {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'glitag-decide-')));
  fs.cpSync(documents, path.join(folder, 'docs'), { recursive: true });
  fs.copyFileSync(labels, path.join(folder, 'labels.json'));
  onTestFinished(() => {
    fs.rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}
