// Which label sets the server has: of a file or of settings, with one threshold or with those of the sets.
import { expect, test } from 'vitest';
import { serverSets } from '../../../src/cli/mcp/serverSets';

test('settings stand alone: neither labels nor a threshold are ignored beside them', () => {
  expect(() => serverSets({ settings: 's.json', labels: 'l.json' })).toThrow('either --labels or --settings');
  expect(() => serverSets({ settings: 's.json', threshold: 0 })).toThrow('either --threshold or --settings');
  expect(serverSets({ threshold: 0.7 })().inUse.threshold).toBe(0.7);
});
