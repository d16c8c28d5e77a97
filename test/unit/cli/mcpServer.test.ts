// What goes wrong in a resource is told as in a tool: in a sentence, and nothing of what nobody foresaw.
import { Client, InMemoryTransport } from '@modelcontextprotocol/client';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { IndexSource } from '../../../src/cli/mcp/indexSource';
import { mcpServer } from '../../../src/cli/mcp/mcpServer';
import { AppError } from '../../../src/shared/errors';

test('failures of resources', async () => {
  const log = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  onTestFinished(() => {
    log.mockRestore();
  });
  const source = {
    labelSets: () => Promise.reject(new TypeError('secret is not a function')),
    overview: () => Promise.reject(new AppError('index-unavailable', 'No document is tagged yet.')),
  } as unknown as IndexSource;
  const [here, there] = InMemoryTransport.createLinkedPair();
  await mcpServer(source).connect(there);
  const client = new Client({ name: 'test', version: '1.0.0' });
  await client.connect(here);
  onTestFinished(() => client.close());

  await expect(client.readResource({ uri: 'glitag://index' })).rejects.toThrow('No document is tagged yet.');
  const unforeseen = client.readResource({ uri: 'glitag://label-sets' });
  await expect(unforeseen).rejects.toThrow('GLiTag failed; its log says why.');
  await expect(unforeseen).rejects.not.toThrow('secret');
  expect(log.mock.calls.join()).toContain('secret is not a function');
});
