// The strings that go into a model, against what upstream's helper functions returned.
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatExamples } from '../../src/inference/pipeline/fewShot';
import type { PromptExample } from '../../src/inference/pipeline/fewShot';
import { buildInput } from '../../src/inference/pipeline/inputStrings';
import { neutraliseMarkers } from '../../src/inference/pipeline/neutraliseMarkers';
import { pythonStr } from '../../src/inference/pipeline/pythonText';
import { retrievalText } from '../../src/inference/pipeline/retrievalText';

interface Recorded {
  fn: string;
  args: Record<string, unknown>;
  output: string;
}

const recorded = JSON.parse(fs.readFileSync(path.join(import.meta.dirname, 'functions.json'), 'utf8')) as Recorded[];

function calls(fn: string): [string, Recorded][] {
  return recorded.filter((one) => one.fn === fn).map((one) => [JSON.stringify(one.args), one]);
}

interface UpstreamExample {
  text: string;
  labels?: string[] | string;
  true_labels?: string[];
  all_labels?: string[];
}

test('all recordings of these functions are there', () => {
  const counts = ['format_examples_prompt', 'retrieval_augmented_text', 'format_decoder_kv_sequence'].map(
    (fn) => calls(fn).length,
  );
  expect(counts).toEqual([7, 7, 3]);
});

describe('examples block', () => {
  test.each(calls('format_examples_prompt'))('%s', (_, { args, output }) => {
    const examples = (args['examples'] as UpstreamExample[]).map(
      ({ true_labels: trueLabels, ...rest }): PromptExample => (trueLabels ? { ...rest, trueLabels } : rest),
    );
    expect(formatExamples(examples)).toBe(output);
  });
});

describe('retrieval-augmented text', () => {
  test.each(calls('retrieval_augmented_text'))('%s', (_, { args, output }) => {
    const examples = (args['examples'] as UpstreamExample[]).map((example) => ({
      text: example.text,
      ...(example.true_labels ? { trueLabels: example.true_labels } : {}),
      ...(example.all_labels ? { allLabels: example.all_labels } : {}),
    }));
    expect(retrievalText(args['text'] as string, examples)).toBe(output);
  });

  test('false labels keep the order of all labels, each once', () => {
    const text = retrievalText('q', [{ text: 't', trueLabels: ['b'], allLabels: ['d', 'b', 'a', 'd', 'c'] }]);
    expect(text).toBe(
      'q <<EXAMPLE>> t <<TRUE_LABEL>> b <<FALSE_LABEL>> d <<FALSE_LABEL>> a <<FALSE_LABEL>> c <</EXAMPLE>>',
    );
  });
});

describe('decoder-kv sequence', () => {
  test.each(calls('format_decoder_kv_sequence'))('%s', (_, { args, output }) => {
    const {
      text,
      labels,
      prompt = '',
      examples = '',
    } = args as {
      text: string;
      labels: string[];
      prompt?: string;
      examples?: string;
    };
    const layout = { architectureType: 'decoder-kv', promptFirst: false } as const;
    const input = buildInput(layout, { text, labels, prompt, examples });
    expect(input.main + input.classes!).toBe(output);
  });
});

describe('layouts', () => {
  const input = { text: 'TEXT', labels: ['a', 'b'], prompt: 'PROMPT', examples: 'EXAMPLES' };

  test.each([
    ['uni-encoder', true, '<<LABEL>>a<<LABEL>>b<<SEP>>PROMPTTEXTEXAMPLES', null],
    ['uni-encoder', false, 'TEXT<<LABEL>>a<<LABEL>>b<<SEP>>PROMPTEXAMPLES', null],
    ['bi-encoder', true, 'PROMPT TEXT', null],
    ['bi-encoder-fused', true, 'PROMPT <<LABEL>><<LABEL>><<SEP>>TEXTEXAMPLES', null],
    ['bi-encoder-fused', false, 'TEXTPROMPT <<LABEL>><<LABEL>><<SEP>>EXAMPLES', null],
    ['encoder-decoder', true, 'TEXTEXAMPLES', '<<LABEL>>a<<LABEL>>b<<SEP>>PROMPT'],
    ['encoder-decoder-cls', true, 'TEXTEXAMPLES', '<<LABEL>>a<<LABEL>>b<<SEP>>PROMPT'],
    ['decoder-kv', true, 'PROMPTEXAMPLESTEXT', '<<SEP>>a<<LABEL>>b<<LABEL>><<SEP>>'],
  ] as const)('%s, labels first: %s', (architectureType, promptFirst, main, classes) => {
    expect(buildInput({ architectureType, promptFirst }, input)).toMatchObject({ main, classes, labelCount: 2 });
  });
});

test('values are printed as Python prints them', () => {
  expect(pythonStr('plain')).toBe('plain');
  expect(pythonStr(null)).toBe('None');
  expect(pythonStr(['a', "it's", 'say "it\'s"', true, 3, null])).toBe(`['a', "it's", 'say "it\\'s"', True, 3, None]`);
  expect(pythonStr(['a\u3000\u200d\u0007 é👍\u{e0001}'])).toBe(`['a\\u3000\\u200d\\x07 é👍\\U000e0001']`);
  expect(pythonStr({ a: ['\n\t\\'] })).toBe(`{'a': ['\\n\\t\\\\']}`);
});

describe('markers in documents', () => {
  test('lose their power and keep their place', () => {
    const text = 'see <<LABEL>>x<<SEP>> 🎉＜＜LABEL＞＞ <</EXAMPLE>> <<EXAMPLE>>';
    const clean = neutraliseMarkers(text);
    expect(clean).toBe('see < LABEL>>x< SEP>> 🎉＜ LABEL＞＞ < /EXAMPLE>> < EXAMPLE>>');
    expect(clean).toHaveLength(text.length);
  });

  test.each(['<<label>> lower', '<< LABEL >>', 'a << b >> c', 'Vec<Vec<u8>>', '<<LABEL>', ''])(
    '%j is no marker and stays',
    (text) => {
      expect(neutraliseMarkers(text)).toBe(text);
    },
  );
});
