// Reading `glitag.labelSets`: every shape users may write, and every mistake with what is said about it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LabelSet } from '../../../src/core/labelSet';
import { parseLabelSets } from '../../../src/core/parseLabelSets';

function parse(entry: unknown): { set: LabelSet | undefined; messages: string[] } {
  const { sets, problems } = parseLabelSets({ docs: entry });
  return { set: sets[0], messages: problems.map(({ message }) => message) };
}

function namesOf(labels: unknown): string[] {
  const { set, messages } = parse({ labels });
  expect(messages).toEqual([]);
  return set!.labels.map(({ name }) => name);
}

/** The one message about this entry; the set must be left out. */
function messageOf(entry: unknown): string {
  const { set, messages } = parse(entry);
  expect(set).toBeUndefined();
  expect(messages).toHaveLength(1);
  expect(messages[0]).toMatch(/^Label set “docs”: /);
  return messages[0]!.slice('Label set “docs”: '.length);
}

describe('labels', () => {
  it('takes lists, single strings and any nesting', () => {
    expect(namesOf(['a', 'b'])).toEqual(['a', 'b']);
    expect(namesOf('a')).toEqual(['a']);
    expect(namesOf({ topic: ['x', 'y'], urgent: 'yes', deep: { er: { est: ['z'] } } })).toEqual([
      'topic.x',
      'topic.y',
      'urgent.yes',
      'deep.er.est.z',
    ]);
    expect(namesOf({ topic: ['x', { sub: ['y', 'z'] }, ['w']] })).toEqual([
      'topic.x',
      'topic.sub.y',
      'topic.sub.z',
      'topic.w',
    ]);
  });

  it('keeps the parts of a name, dots included', () => {
    const { set } = parse({ labels: { 'Node.js': ['v1.0'], flat: 'a.b' } });
    expect(set?.labels).toEqual([
      { name: 'Node.js.v1.0', path: ['Node.js', 'v1.0'] },
      { name: 'flat.a.b', path: ['flat', 'a.b'] },
    ]);
  });

  it('reads leaves with description and threshold', () => {
    const labels = {
      topic: { planning: { description: 'dates and goals', threshold: 0.7 }, hiring: { threshold: 0 } },
      tone: ['calm', { name: 'angry', description: ' shouts ' }],
    };
    expect(parse({ labels }).set?.labels).toEqual([
      { name: 'topic.planning', path: ['topic', 'planning'], description: 'dates and goals', threshold: 0.7 },
      { name: 'topic.hiring', path: ['topic', 'hiring'], threshold: 0 },
      { name: 'tone.calm', path: ['tone', 'calm'] },
      { name: 'tone.angry', path: ['tone', 'angry'], description: 'shouts' },
    ]);
  });

  it('takes description and threshold as names where they have children', () => {
    expect(namesOf({ part: { description: ['a'], threshold: { low: ['b'] } } })).toEqual([
      'part.description.a',
      'part.threshold.low.b',
    ]);
  });

  it('trims names', () => {
    expect(namesOf({ ' topic ': [' x '] })).toEqual(['topic.x']);
  });

  it('takes names of Object.prototype as names', () => {
    const labels: unknown = JSON.parse('{"__proto__": ["constructor", "toString"], "hasOwnProperty": "__proto__"}');
    expect(namesOf(labels)).toEqual(['__proto__.constructor', '__proto__.toString', 'hasOwnProperty.__proto__']);
    const { sets, problems } = parseLabelSets(JSON.parse('{"__proto__": {"labels": ["a"]}}'));
    expect(problems).toEqual([]);
    expect(sets[0]?.name).toBe('__proto__');
    expect(({} as Record<string, unknown>)['labels']).toBeUndefined();
  });

  it.each([
    [[], 'there are no labels. Add at least one.'],
    [{}, 'there are no labels. Add at least one.'],
    [{ topic: [] }, 'the label “topic” has no labels under it. Add at least one, or remove it.'],
    [{ topic: {} }, 'the label “topic” has no labels under it. Add at least one, or remove it.'],
    [['a', 'b', 'a'], 'the label “a” is there twice. Rename or remove one.'],
    [{ 'a.b': ['c'], a: ['b.c'] }, 'the label “a.b.c” is there twice. Rename or remove one.'],
    [['a', ' '], 'there is a blank label. Write its name or remove it.'],
    [{ topic: [''] }, 'there is a blank label under “topic”. Write its name or remove it.'],
    [{ '': ['x'] }, 'there is a blank label. Write its name or remove it.'],
    [['two\nlines'], 'the label “two lines” holds a line break or another control character. Write it in one line.'],
    [['a\u2028b'], 'holds a line break'],
    [['\ud800'], 'holds a line break or another control character'],
    [['x'.repeat(201)], 'is longer than 200 characters. Shorten it and move the rest to its “description”.'],
    [['<<LABEL>> x'], 'holds <<LABEL>>, which the model reads as a marker. Remove it.'],
    [{ 'a <<SEP>>': ['x'] }, 'holds <<SEP>>'],
    [['＜＜LABEL＞＞'], 'holds <<LABEL>>'],
    [['<<example>>'], 'holds <<EXAMPLE>>'],
    [['letter', 7], 'item 2 of “labels” is a number. Write it as text: "7".'],
    [{ topic: ['letter', true] }, 'item 2 of the label “topic” is true. Write it as text: "true".'],
    [['letter', null], 'item 2 of “labels” is null. Write a label, or remove it.'],
    [5, '“labels” cannot be a number. Write a label as text, a list of labels, or an object of them.'],
    [{ topic: null }, 'the label “topic” cannot be null.'],
    [{ topic: { sub: true } }, 'the label “topic.sub” cannot be true.'],
    [{ planning: { threshold: 2 } }, 'the threshold of the label “planning” must be a number from 0 to 1, not 2.'],
    [
      { planning: { threshold: 'high' } },
      'the threshold of the label “planning” must be a number from 0 to 1, not text.',
    ],
    [{ planning: { description: 7 } }, 'the description of the label “planning” must be text, not a number.'],
    [{ planning: { description: '<<SEP>>' } }, 'the description of the label “planning” holds <<SEP>>'],
    [
      { topic: { description: 'What it is about', x: ['y'] } },
      'the label “topic” has “description” beside child labels.',
    ],
    [[{ description: 'no name' }], '“labels” holds an object without a name. Add “name” to it.'],
    [[{ name: 5 }], 'holds a “name” that is a number. Write it as text.'],
    [[{ name: 'x', limit: 0.5 }], 'the label “x” has the unknown key “limit”. Known are “name”, “description”'],
    [[{ name: 'x', treshhold: 1 }], 'the label “x” has the unknown key “treshhold”. Did you mean “threshold”?'],
    [
      { topic: { treshold: 0.5, x: ['y'] } },
      'the label “topic” has “treshold”, which is a number. Did you mean “threshold”?',
    ],
  ])('says what is wrong with %j', (labels, message) => {
    expect(messageOf({ labels })).toContain(message);
  });

  it('names the label in the problem', () => {
    expect(parseLabelSets({ docs: { labels: ['a', 'a'] } }).problems[0]).toMatchObject({ set: 'docs', label: 'a' });
  });

  it('refuses sizes that no one needs', () => {
    let deep: unknown = ['x'];
    for (let level = 0; level < 40; level++) deep = { a: deep };
    expect(messageOf({ labels: deep })).toContain('is nested deeper than 32 levels. Nest less.');
    let lists: unknown = ['x'];
    for (let level = 0; level < 40; level++) lists = [lists];
    expect(messageOf({ labels: lists })).toContain('nested deeper');
    const many = Array.from({ length: 100_000 }, (_, index) => `label ${index}`);
    expect(messageOf({ labels: many })).toBe('there are more than 2000 labels. Split the set into several.');
    const cyclic: Record<string, unknown> = {};
    cyclic['a'] = cyclic;
    cyclic['b'] = cyclic;
    expect(parse({ labels: cyclic }).messages.length).toBe(20);
  });
});

describe('the other fields', () => {
  it('has defaults', () => {
    expect(parse({ labels: ['a'] }).set).toEqual({
      name: 'docs',
      labels: [{ name: 'a', path: ['a'] }],
      mode: 'multi-label',
      threshold: 0.5,
      exclusive: [],
      examples: [],
      include: [],
      exclude: [],
    });
    expect(parse({ labels: ['a'], exampleForm: 'few-shot' }).set).not.toHaveProperty('exampleForm');
    expect(parse({ labels: ['a'], exampleForm: 'retrieved' }).set?.exampleForm).toBe('retrieved');
    expect(parse({ labels: ['a'], mode: 'single-label' }).set?.threshold).toBe(0);
    expect(parse({ labels: ['a'], mode: 'single-label', threshold: 0.4 }).set?.threshold).toBe(0.4);
  });

  it('reads them all', () => {
    const entry = {
      labels: { tone: ['good', 'bad'] },
      mode: 'multi-label',
      threshold: 0.25,
      exclusive: ['tone', 'tone'],
      prompt: ' Judge the tone: ',
      examples: [{ text: ' fine ', labels: 'tone.good' }],
      include: '**/*.md',
      exclude: ['drafts/**', 'old/**'],
    };
    expect(parse(entry).set).toEqual({
      ...entry,
      name: 'docs',
      labels: [
        { name: 'tone.good', path: ['tone', 'good'] },
        { name: 'tone.bad', path: ['tone', 'bad'] },
      ],
      exclusive: ['tone'],
      prompt: 'Judge the tone:',
      examples: [{ text: 'fine', labels: ['tone.good'] }],
      include: ['**/*.md'],
    });
  });

  const labels = { tone: ['good', 'bad'], topic: ['x'], flat: { deep: { a: ['b', 'c'] } } };
  it.each([
    [{ exclusive: ['ton'] }, '“exclusive” names “ton”, which is not there. Did you mean “tone”?'],
    [{ exclusive: ['nothing at all'] }, 'which is not there. Name a label that has others under it.'],
    [{ exclusive: ['tone.good'] }, '“exclusive” names “tone.good”, which has no labels under it.'],
    [
      { exclusive: ['topic'] },
      '“exclusive” names “topic”, which has only one label under it. Add another, or take it out.',
    ],
    [{ exclusive: ['flat.deep'] }, 'which has only one label under it'],
    [{ exclusive: 5 }, '“exclusive” must be a list of text; it holds a number.'],
    [{ exclusive: [''] }, '“exclusive” holds a blank entry. Remove it.'],
    [{ mode: 'multi' }, '“mode” must be “multi-label” or “single-label”, not “multi”.'],
    [{ mode: 1 }, '“mode” must be “multi-label” or “single-label”, not a number.'],
    [{ exampleForm: 'rac' }, '“exampleForm” must be “few-shot” or “retrieved”, not “rac”.'],
    [{ threshold: -0.1 }, '“threshold” must be a number from 0 to 1, not -0.1.'],
    [{ threshold: NaN }, '“threshold” must be a number from 0 to 1, not NaN.'],
    [{ threshold: '0.5' }, '“threshold” must be a number from 0 to 1, not text.'],
    [{ prompt: 5 }, '“prompt” must be text, not a number.'],
    [{ prompt: 'a <<LABEL>> b' }, '“prompt” holds <<LABEL>>'],
    [{ prompt: 'x'.repeat(4001) }, '“prompt” is longer than 4000 characters. Shorten it.'],
    [{ examples: {} }, '“examples” must be a list of {"text", "labels"}, not an object.'],
    [{ examples: ['text'] }, 'example 1 must be an object with “text” and “labels”, not text.'],
    [{ examples: [{ labels: ['tone.good'] }] }, 'the text of example 1 is missing. Add it.'],
    [{ examples: [{ text: '<<EXAMPLE>>', labels: ['tone.good'] }] }, 'the text of example 1 holds <<EXAMPLE>>'],
    [
      { examples: [{ text: 'x', labels: ['tone.god'] }] },
      'example 1 has the label “tone.god”, which is not in the set. Did you mean “tone.good”?',
    ],
    [{ examples: [{ text: 'x' }] }, 'example 1 has no labels. Add “labels” with at least one label of the set.'],
    [
      { examples: [{ text: 'x', labels: ['tone.good'], lable: 1 }] },
      'example 1 has the unknown key “lable”. Did you mean “labels”?',
    ],
    [
      { examples: [{ text: 'x', labels: ['tone.good', 'tone.bad'] }], mode: 'single-label' },
      'in single-label mode there is one',
    ],
    [{ include: [5] }, '“include” must be a list of text; it holds a number.'],
    [{ exclude: null }, '“exclude” must be a list of text; it holds null.'],
    [{ lable: [] }, 'it has the unknown key “lable”. Did you mean “labels”?'],
    [{ somethingElse: 1 }, 'it has the unknown key “somethingElse”. Known are “labels”, “mode”,'],
  ])('says what is wrong with %j', (fields, message) => {
    expect(messageOf({ labels, ...fields })).toContain(message);
  });

  it.each([
    [['a'], 'it must be an object with “labels”, not a list. Write {"labels": […]}.'],
    [null, 'it must be an object with “labels”, not null.'],
    [{ mode: 'multi-label' }, 'it has no “labels”. Add a list of labels, or an object of them.'],
  ])('says what is wrong with the set %j', (entry, message) => {
    expect(messageOf(entry)).toContain(message);
  });

  it('checks the names of sets and the setting itself', () => {
    expect(parseLabelSets({ ' ': { labels: ['a'] } }).problems[0]?.message).toContain('its name is blank');
    expect(parseLabelSets({ 'a\nb': { labels: ['a'] } }).problems[0]?.message).toContain('line break');
    expect(parseLabelSets(['a']).problems[0]?.message).toBe(
      '“glitag.labelSets” must be an object of label sets by name, not a list.',
    );
    expect(parseLabelSets(undefined)).toEqual({ sets: [], problems: [] });
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`s${index}`, { labels: ['a'] }]));
    expect(parseLabelSets(many).sets).toHaveLength(200);
    expect(parseLabelSets(many).problems[0]?.message).toContain('more than 200 label sets');
  });

  it('leaves out the wrong set alone and reports every mistake', () => {
    const { sets, problems } = parseLabelSets({
      bad: { labels: ['a', 'a', ''], threshold: 3 },
      good: { labels: ['a'] },
    });
    expect(sets.map(({ name }) => name)).toEqual(['good']);
    expect(problems).toHaveLength(3);
  });

  it('gives up early on many wrong references', () => {
    const far = Array.from({ length: 500 }, (_, index) => `${'unknown'.repeat(11)} ${index}`);
    const labels = Object.fromEntries(far.map((name, index) => [`${'known'.repeat(15)} ${index}`, ['a', 'b']]));
    const examples = far.map((text) => ({ text, labels: far }));
    expect(parse({ labels, exclusive: far, examples }).messages).toHaveLength(20);
  });

  it('does not blame references to a label that is itself wrong', () => {
    const entry = { labels: { tone: ['', 'x'] }, exclusive: ['tone'], examples: [{ text: 't', labels: ['tone.y'] }] };
    expect(parse(entry).messages).toHaveLength(1);
  });
});

describe('the model of a set', () => {
  const sets = { mine: { labels: ['a'], model: 'suport' }, other: { labels: ['a'], model: 'embedded' } };

  it('is kept as it is named; whether there is one is judged by whom it concerns', () => {
    expect(parseLabelSets(sets).sets.map(({ model }) => model)).toEqual(['suport', 'embedded']);
    expect(parse({ labels: ['a'] }).set).not.toHaveProperty('model');
    expect(messageOf({ labels: ['a'], model: 3 })).toBe('“model” must be text, not a number.');
  });

  it('is a mistake of its set alone where the machine does not know it', () => {
    const { sets: usable, problems } = parseLabelSets(sets, () => ['embedded', 'support']);
    expect(usable.map(({ name }) => name)).toEqual(['other']);
    expect(problems).toEqual([
      {
        set: 'mine',
        steps: ['mine', 'model'],
        warning: false,
        fix: { title: 'Write "support"', text: '"support"' },
        message:
          'Label set “mine”: this machine knows no model “suport”. Install it with “GLiTag: Choose Model”, say in “glitag.models” of your user settings where it is, or name another one: “embedded”, “support”.',
      },
    ]);
    expect(parseLabelSets(sets, () => ['embedded', 'suport']).problems).toEqual([]);
  });
});

describe('keys one slip away from a known one', () => {
  function warned(entry: unknown): { set: LabelSet; messages: string[] } {
    const { sets, problems } = parseLabelSets({ docs: entry });
    expect(problems.map(({ warning }) => warning)).not.toContain(false);
    return { set: sets[0]!, messages: problems.map(({ message }) => message.replace('Label set “docs”: ', '')) };
  }

  it.each(['treshold', 'thresholdd', 'thresohld', 'Threshold', 'threshald'])('%s is read as threshold', (key) => {
    const inTree = warned({ labels: { planning: { [key]: 0.7 } } });
    expect(inTree.set.labels).toEqual([{ name: 'planning', path: ['planning'], threshold: 0.7 }]);
    expect(inTree.messages).toEqual([
      `the label “planning” has the key “${key}”. It is read as “threshold”. Correct its spelling.`,
    ]);
    expect(warned({ labels: [{ name: 'planning', [key]: 0.7 }] }).set.labels[0]?.threshold).toBe(0.7);
    expect(warned({ labels: ['planning'], [key]: 0.7 }).set.threshold).toBe(0.7);
  });

  it('are never silently labels', () => {
    const one = warned({ labels: { planning: { descripton: 'dates' }, hiring: ['x'] } });
    expect(one.set.labels.map(({ name }) => name)).toEqual(['planning', 'hiring.x']);
    expect(one.messages).toHaveLength(1);
    const beside = warned({ labels: { topic: { descripton: 'dates', hiring: ['x'] } } });
    expect(beside.set.labels.map(({ name }) => name)).toEqual(['topic.descripton.dates', 'topic.hiring.x']);
    expect(beside.messages[0]).toContain('the label “topic” has the key “descripton”. It is read as a label;');
    expect(warned({ labels: [{ nmae: 'x', description: 'y' }] }).set.labels[0]).toEqual({
      name: 'x',
      path: ['x'],
      description: 'y',
    });
  });

  it('are left out where the right one is there too', () => {
    const { set, messages } = warned({ labels: ['a'], lables: ['b'], threshold: 0.7, treshold: 0.1 });
    expect([set.labels[0]?.name, set.threshold]).toEqual(['a', 0.7]);
    expect(messages).toEqual([
      'it has the key “lables”. It is left out, since “labels” is there too. Correct its spelling.',
      'it has the key “treshold”. It is left out, since “threshold” is there too. Correct its spelling.',
    ]);
  });

  it('leaves alone what is no slip: names with labels under them', () => {
    expect(namesOf(['a', { game: 'chess' }])).toEqual(['a', 'game.chess']);
    expect(namesOf({ descriptions: ['a'], node: 'x' })).toEqual(['descriptions.a', 'node.x']);
  });

  it('do not hide that a set cannot be used', () => {
    const slips = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`t${index}`, { treshold: 0.5 }]));
    const { sets, problems } = parseLabelSets({ docs: { labels: { ...slips, last: null } } });
    expect(sets).toEqual([]);
    expect(problems.at(-1)).toMatchObject({ warning: false, label: 'last' });
    expect(problems).toHaveLength(21);
  });
});

describe('places', () => {
  it.each([
    [{ labels: ['a', 7] }, ['labels', 1], false, '"7"'],
    [{ labels: { topic: ['a', 'a'] } }, ['labels', 'topic', 1], false, undefined],
    [{ labels: { topic: { a: {} } } }, ['labels', 'topic', 'a'], true, undefined],
    [{ labels: { planning: { treshold: 0.5 } } }, ['labels', 'planning', 'treshold'], true, '"threshold"'],
    [{ labels: { planning: { threshold: '0.5' } } }, ['labels', 'planning', 'threshold'], false, '0.5'],
    [{ labels: { planning: { treshold: 7 } } }, ['labels', 'planning', 'treshold'], true, '"threshold"'],
    [{ labels: [{ name: 'x', description: 5 }] }, ['labels', 0, 'description'], false, undefined],
    [{ labels: ['a'], mode: 'single' }, ['mode'], false, '"single-label"'],
    [{ labels: ['a'], exampleForm: 'Retrieve' }, ['exampleForm'], false, '"retrieved"'],
    [{ labels: { tone: ['a', 'b'] }, exclusive: ['ton'] }, ['exclusive', 0], false, '"tone"'],
    [{ labels: ['ab'], examples: [{ text: 'x', labels: ['aB'] }] }, ['examples', 0, 'labels', 0], false, '"ab"'],
    [{ labels: ['a'], inclde: 'x', treshold: 0.5 }, ['inclde'], true, '"include"'],
    [{ labels: ['a'], exclude: [1] }, ['exclude', 0], false, '"1"'],
    [['a'], [], false, '{"labels":["a"]}'],
    [{ labels: [] }, ['labels'], false, undefined],
  ])('of the first mistake in %j', (entry, steps, key, fix) => {
    const [problem] = parseLabelSets({ docs: entry }).problems;
    expect(problem?.steps).toEqual(['docs', ...steps]);
    expect(problem?.key ?? false).toBe(key);
    expect(problem?.fix?.text).toBe(fix);
  });
});

describe('any input', () => {
  const knownKeys = fc.constantFrom(
    'labels',
    'mode',
    'threshold',
    'exclusive',
    'prompt',
    'examples',
    'include',
    'name',
    '__proto__',
  );
  const near = fc.dictionary(
    fc.oneof(knownKeys, fc.string()),
    fc.oneof(fc.anything(), fc.string(), fc.array(fc.string())),
  );

  it.each([
    ['anything', fc.anything()],
    ['JSON', fc.jsonValue()],
    ['nearly a set', fc.dictionary(fc.string(), near)],
  ])('never throws, and a set is either right or has a problem: %s', (_, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, (value) => {
        const { sets, problems } = parseLabelSets(value);
        for (const set of sets) {
          expect(set.labels.length).toBeGreaterThan(0);
          expect(new Set(set.labels.map(({ name }) => name)).size).toBe(set.labels.length);
          expect(problems.some((problem) => !problem.warning && problem.set === set.name)).toBe(false);
        }
        for (const { steps } of problems) expect(isThere(value, steps)).toBe(true);
        for (const { message } of problems) expect(message).not.toMatch(/\n|undefined “|\[object/);
      }),
      { numRuns: 500 },
    );
  });
});

/** Whether the steps lead to a key or an item of the value. */
function isThere(value: unknown, steps: readonly (string | number)[]): boolean {
  const [first, ...rest] = steps;
  if (first === undefined) return true;
  return typeof value === 'object' && value !== null && Object.hasOwn(value, first)
    ? isThere((value as Record<string | number, unknown>)[first], rest)
    : false;
}
