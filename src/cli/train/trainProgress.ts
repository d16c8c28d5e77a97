// What a training tells on stderr: a bar with loss and time left on a terminal, else a line a stage and one every ten seconds.
import { timeLeft } from '../../core/tree/words';
import type { TrainingProgress } from '../../training/run/trainingRequest';
import { ProgressLine } from '../progressLine';

const lineEveryMs = 10_000;

const names: Readonly<Record<TrainingProgress['stage'], string>> = {
  preparing: 'Preparing',
  'measuring-before': 'Measuring the model as it is',
  training: 'Training',
  exporting: 'Exporting',
  verifying: 'Checking the new model',
  'measuring-after': 'Measuring the new model',
};

export class TrainProgress {
  private stage: TrainingProgress['stage'] | null = null;
  private bar: ProgressLine | null = null;
  private saidMs = 0;

  show(progress: TrainingProgress): void {
    if (progress.stage !== this.stage) {
      this.end();
      this.stage = progress.stage;
      process.stderr.write(`${names[progress.stage]} …\n`);
    }
    switch (progress.stage) {
      case 'measuring-before':
      case 'measuring-after':
        this.bar ??= new ProgressLine('texts', progress.total);
        this.bar.update(progress.done);
        break;
      case 'training':
        this.train(progress.event);
        break;
      case 'preparing':
      case 'exporting':
      case 'verifying':
        break;
    }
  }

  /** Takes the bar off the terminal. */
  end(): void {
    this.bar?.end();
    this.bar = null;
  }

  private train(event: Extract<TrainingProgress, { stage: 'training' }>['event']): void {
    if (event.event === 'read') this.count('texts read', event.texts, event.of, `${timeLeft(event.seconds_left)} left`);
    if (event.event === 'start') this.end();
    if (event.event === 'step')
      this.count(
        'steps',
        event.step,
        event.steps,
        `loss ${event.loss.toFixed(3)}, ${timeLeft(event.seconds_left)} left`,
      );
  }

  private count(unit: string, done: number, total: number, tail: string): void {
    this.bar ??= new ProgressLine(unit, total, '{tail}');
    this.bar.update(done, total, { tail });
    if (this.bar.isShown || Date.now() - this.saidMs < lineEveryMs) return;
    this.saidMs = Date.now();
    process.stderr.write(`${done} of ${total} ${unit}, ${tail}\n`);
  }
}
