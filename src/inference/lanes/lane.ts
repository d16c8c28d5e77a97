// One thread with one session: starts it, sends it a pass, waits for the answer, ends it.
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { AppError } from '../../shared/errors';
import { graphError, passError, providerError, runtimeError } from '../model/graphErrors';
import { withoutTelemetry } from '../model/noTelemetry';
import { laneSource } from './laneSource';
import type { LaneData, LaneModel, LaneReply, LaneRequest } from './laneSource';

type Ready = Extract<LaneReply, { type: 'ready' }>;
type Done = Extract<LaneReply, { type: 'done' }>;

interface Waiting {
  readonly resolve: (reply: Ready | Done) => void;
  readonly reject: (error: AppError) => void;
}

export class Lane {
  private waiting: Waiting | null = null;
  private ended: AppError | null = null;
  private model: Pick<LaneModel, 'file' | 'provider'> = { file: '', provider: 'cpu' };

  private constructor(private readonly worker: Worker) {
    worker.on('message', (reply: LaneReply) => {
      this.settle(reply);
    });
    worker.on('error', (cause) => {
      this.end(passError(cause));
    });
    worker.on('exit', () => {
      this.end(new AppError('inference-failed', 'The thread that runs the model has ended.'));
    });
  }

  /** Starts a thread, which loads ONNX Runtime while its model is still looked for. @throws AppError native-load-failed. */
  static boot(): Lane {
    withoutTelemetry();
    const workerData: LaneData = { runtime: runtimePath() };
    return new Lane(new Worker(laneSource, { eval: true, workerData, execArgv: [] }));
  }

  /**
   * Once, before the first pass; the thread is ended where it fails.
   * @throws AppError native-load-failed, model-unsupported, model-graph-invalid, out-of-memory.
   */
  async open(model: LaneModel): Promise<Ready> {
    this.model = model;
    try {
      const reply = this.next();
      this.worker.postMessage(model);
      const ready = await reply;
      if (ready.type !== 'ready')
        throw new AppError('inference-failed', 'The thread that runs the model answered out of turn.');
      return ready;
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  /** Its thread has ended: every further pass would fail. */
  get isDead(): boolean {
    return this.ended !== null;
  }

  /** One pass; the lane must be idle. @throws AppError inference-failed, out-of-memory. */
  async run(request: LaneRequest): Promise<Done['outputs']> {
    const reply = this.next();
    this.worker.postMessage(request);
    const done = await reply;
    if (done.type !== 'done')
      throw new AppError('inference-failed', 'The thread that runs the model answered out of turn.');
    return done.outputs;
  }

  /** Ends the thread once its pass is over. */
  async stop(): Promise<void> {
    await this.worker.terminate();
  }

  private next(): Promise<Ready | Done> {
    return new Promise((resolve, reject) => {
      if (this.ended) reject(this.ended);
      else this.waiting = { resolve, reject };
    });
  }

  private settle(reply: LaneReply): void {
    const waiting = this.waiting;
    this.waiting = null;
    if (reply.type !== 'failed') waiting?.resolve(reply);
    else if (reply.stage === 'runtime') waiting?.reject(runtimeError(reply.message));
    else if (reply.stage === 'provider') waiting?.reject(providerError(this.model.provider, reply.message));
    else if (reply.stage === 'graph') waiting?.reject(graphError(this.model, reply.message));
    else waiting?.reject(passError(reply.message));
  }

  private end(error: AppError): void {
    this.ended ??= error;
    const waiting = this.waiting;
    this.waiting = null;
    waiting?.reject(error);
  }
}

function runtimePath(): string {
  try {
    return createRequire(import.meta.url).resolve('onnxruntime-node');
  } catch (cause) {
    throw runtimeError(cause);
  }
}
