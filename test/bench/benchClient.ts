// The model process as it answers questions in the benches of passages.
import { InferenceClient } from '../../src/inference/client';

export function benchClient(workerFile: string, folder: string): InferenceClient {
  return new InferenceClient({
    workerFile,
    load: { folder, threads: 0, maxBatchTokens: 4096 },
    idleMs: 600_000,
    memoryCeilingBytes: 4 * 1024 ** 3,
    log: () => undefined,
  });
}
