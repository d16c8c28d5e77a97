// What is known of models, kept in a folder of the machine that has them: what VS Code keeps itself may be another machine's.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { sha256 } from '../inference/sha256';
import type { ModelNotes } from '../shared/modelNotes';
import { writeWhole } from './writeWhole';

/** `folder`: made when the first note is written. */
export function modelNotes(folder: string): ModelNotes {
  const fileOf = (key: string) => path.join(folder, `${sha256(key)}.json`);
  return {
    read: (key) => (fs.existsSync(fileOf(key)) ? fs.readFileSync(fileOf(key), 'utf8') : null),
    write: (key, note) => {
      writeWhole(fileOf(key), note);
    },
  };
}
