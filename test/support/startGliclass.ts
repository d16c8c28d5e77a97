// A local GLiClass server that ends with the Vitest test that started it.
import { onTestFinished } from 'vitest';
import { GliclassServer } from './gliclassServer';

export async function startGliclass(...how: Parameters<typeof GliclassServer.listen>): Promise<GliclassServer> {
  const server = await GliclassServer.listen(...how);
  onTestFinished(() => server.stop());
  return server;
}
