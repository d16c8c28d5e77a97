// Runs passes over several sessions at once. Lanes are started when there is work for them, so a single short text
// costs the memory of one. A lane whose thread has ended is replaced.
import { AppError, asAppError } from '../../shared/errors';
import type { Graph, Int64Input, FloatOutput } from '../model/graph';
import { completeFeeds, readOutputs } from '../model/graph';
import { Lane } from './lane';
import type { LanePlan } from './laneCount';
import type { LaneModel } from './laneSource';

export class LanePool implements Graph {
  private readonly idle: Lane[] = [];
  private all: Lane[] = [];
  private readonly queue: { resolve: (lane: Lane) => void; reject: (error: AppError) => void }[] = [];
  private starting = 0;
  private mayGrow = true;
  private released = false;

  private constructor(
    private readonly model: LaneModel,
    private readonly plan: LanePlan,
    readonly inputNames: readonly string[],
    readonly outputNames: readonly string[],
    readonly runtimeVersion: string,
    first: Lane,
    private readonly onLaneFailed: (error: unknown) => void,
  ) {
    this.all.push(first);
    this.idle.push(first);
  }

  /**
   * @param onLaneFailed Told when a further lane cannot be started (too little memory, say); work goes on with those
   * that run.
   * @param lane The first, which may have been booted beforehand.
   * @throws AppError native-load-failed, model-unsupported, model-graph-invalid, out-of-memory.
   */
  static async open(
    graph: Pick<LaneModel, 'file' | 'provider'>,
    plan: LanePlan,
    onLaneFailed: (error: unknown) => void,
    lane = Lane.boot(),
  ): Promise<LanePool> {
    const model = { ...graph, threads: plan.threads };
    const { inputNames, outputNames, runtimeVersion } = await lane.open(model);
    return new LanePool(model, plan, inputNames, outputNames, runtimeVersion, lane, onLaneFailed);
  }

  /** Passes that can be under way at once. */
  get width(): number {
    return this.plan.lanes;
  }

  /** Runs one pass on the next free lane. @throws AppError inference-failed, out-of-memory. */
  async run(
    feeds: Readonly<Record<string, Int64Input>>,
    outputs: readonly string[] = this.outputNames,
  ): Promise<Record<string, FloatOutput>> {
    const complete = completeFeeds(this.inputNames, feeds);
    const lane = await this.acquire();
    try {
      return readOutputs(outputs, await lane.run({ feeds: complete, outputs }));
    } finally {
      this.giveBack(lane);
    }
  }

  /** Ends all lanes. Passes under way are abandoned. */
  async release(): Promise<void> {
    this.released = true;
    for (const { reject } of this.queue.splice(0)) reject(unloaded());
    await Promise.all(this.all.map((lane) => lane.stop()));
  }

  private acquire(): Promise<Lane> {
    if (this.released) return Promise.reject(unloaded());
    this.dropDead();
    const lane = this.idle.pop();
    if (lane) return Promise.resolve(lane);
    const waiting = new Promise<Lane>((resolve, reject) => this.queue.push({ resolve, reject }));
    this.grow();
    return waiting;
  }

  private giveBack(lane: Lane): void {
    if (lane.isDead) {
      // Among the idle ones it would answer each pass at once, with a failure, and so get most of them.
      this.dropDead();
      if (this.queue.length > 0) this.grow();
      return;
    }
    const next = this.queue.shift();
    if (next) next.resolve(lane);
    else this.idle.push(lane);
  }

  private dropDead(): void {
    this.all = this.all.filter((lane) => !lane.isDead);
    this.idle.splice(0, Infinity, ...this.idle.filter((lane) => !lane.isDead));
  }

  private grow(): void {
    const lanes = this.all.length + this.starting;
    if (!this.released && lanes < this.plan.lanes && (this.mayGrow || lanes === 0)) void this.startLane();
  }

  private async startLane(): Promise<void> {
    this.starting++;
    try {
      const lane = Lane.boot();
      await lane.open(this.model);
      if (this.released) await lane.stop();
      else {
        this.all.push(lane);
        this.giveBack(lane);
      }
    } catch (error) {
      this.mayGrow = false;
      this.onLaneFailed(error);
      if (this.all.length === 0 && this.starting === 1)
        for (const { reject } of this.queue.splice(0)) reject(asAppError(error, 'inference-failed'));
    } finally {
      this.starting--;
    }
  }
}

function unloaded(): AppError {
  return new AppError('inference-failed', 'The model has been unloaded.');
}
