// What the Python side says is parsed before it is used.
import { expect, it } from 'vitest';
import { parseTrainEvent } from '../../../src/training/run/trainEvents';

it.each([
  { event: 'data', rows: 3, labels: 2, kept_back: 0 },
  { event: 'read', texts: 1, of: 3, seconds_left: 0 },
  { event: 'start', step: 50, steps: 108 },
  { event: 'step', step: 51, steps: 108, loss: 0.69, seconds_left: 3.5 },
  { event: 'checkpoint', step: 50, steps: 108 },
  { event: 'write' },
  { event: 'done', model: '/somewhere/model', macro_f1: 0.5 },
])('is known: $event', (said) => {
  const { event } = parseTrainEvent(JSON.stringify(said));
  expect(event).toBe(said.event);
});

it.each([
  'Traceback (most recent call last):',
  '{"event": "step", "step": 1, "steps": 2, "loss": NaN, "seconds_left": 1}',
  '{"event": "step", "step": 1, "steps": 2, "loss": "low", "seconds_left": 1}',
  '{"event": "step", "step": -1, "steps": 2, "loss": 1, "seconds_left": 1}',
  '{"event": "start", "step": 1}',
  '{"event": "party"}',
  '[]',
])('is refused: %s', (line) => {
  expect(() => parseTrainEvent(line)).toThrow(expect.objectContaining({ code: 'training-failed' }));
});
