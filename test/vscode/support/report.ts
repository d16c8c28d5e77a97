// A line in the report of the run, for what is measured and not asserted: this machine may be busy.
import fs from 'node:fs';

export function reportLine(line: string): void {
  const file = process.env['GLITAG_TEST_REPORT'];
  if (file !== undefined) fs.appendFileSync(file, `    ${line}\n`);
}
