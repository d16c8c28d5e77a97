// Numbers of the command line: what no model could take is refused before one is started.
import { Command, CommanderError } from 'commander';
import { expect, test } from 'vitest';
import { addFilesOptions, resultCount, threadsOption } from '../../../src/cli/commonOptions';

function refused(...args: readonly string[]): string | null {
  const command = addFilesOptions(new Command('tag'))
    .addOption(threadsOption())
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  try {
    command.parse(args, { from: 'user' });
    return null;
  } catch (error) {
    if (error instanceof CommanderError) return error.message;
    throw error;
  }
}

test('lengths of passages and threads are those that the settings take', () => {
  for (const good of ['16', '8192']) expect(refused('--chunk-tokens', good)).toBeNull();
  for (const bad of ['0', '15', '8193', '-1', '1e3', '', '9999999999'])
    expect(refused('--chunk-tokens', bad), bad).toContain('It must be a whole number from 16 to 8192.');
  for (const option of ['--jobs', '--threads']) {
    for (const good of ['0', '128']) expect(refused(option, good)).toBeNull();
    for (const bad of ['129', '999999', 'all'])
      expect(refused(option, bad), bad).toContain('It must be a whole number from 0 to 128.');
  }
});

test('of results at least one is wanted', () => {
  expect(resultCount('1')).toBe(1);
  expect(() => resultCount('0')).toThrow('from 1 to 100000');
});
