// The report page in jsdom: what it says, what the slider moves, and text that is an attack.
import { JSDOM } from 'jsdom';
import { beforeEach, describe, expect, it } from 'vitest';
import { decodeScores, scoresOf } from '../../media/report/decodeScores';
import { ReportPage, type ReportHost } from '../../media/report/reportPage';
import { reportHtml } from '../../src/cli/evaluate/reportFile';
import { evaluationReport } from '../../src/core/evaluation/evaluationReport';
import type { ScoreMatrix } from '../../src/core/evaluation/scoreMatrix';
import { parseReportData, parseToReport } from '../../src/shared/parseReportData';
import { parseFromReport } from '../../src/shared/parseReportMessages';
import type { ChosenThresholds, ReportData } from '../../src/shared/reportData';
import { nextFrame } from './pageHarness';
import { scene, scenes } from './reportScenes';

const markup = '</script><script>globalThis.hacked=true</script><img src=x onerror="globalThis.hacked=true"><!--';
let opened: (readonly [string, string, boolean])[];
let chosen: ChosenThresholds[];
let answers: boolean[];

function matrixOf({ labels, rows, scores }: ReportData) {
  return { labels, rows, scores: decodeScores(scores, labels.length * rows.length)! };
}

function show(data: ReportData, inEditor = true): ReportPage {
  const host: ReportHost = {
    open: (id, label, toSide) => opened.push([id, label, toSide]),
    useThresholds: (one) => chosen.push(one),
    useTrained: (use) => answers.push(use),
  };
  const page = new ReportPage(data, scoresOf(data)!, inEditor ? host : null);
  document.body.replaceChildren(page.element);
  return page;
}

const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)];
const texts = (selector: string) => all(selector).map(({ textContent }) => textContent);
const tile = (name: string) =>
  all('.tile')
    .find((one) => one.querySelector('dt')?.textContent === name)!
    .querySelector('.number')?.textContent;
const named = (name: string) => document.querySelector<HTMLElement>(`[role="region"][aria-label="${name}"]`)!;
const slider = () => document.querySelector<HTMLInputElement>('#threshold')!;

async function slide(threshold: number): Promise<void> {
  slider().value = String(threshold);
  slider().dispatchEvent(new Event('input', { bubbles: true }));
  await nextFrame();
}

beforeEach(() => {
  opened = [];
  chosen = [];
  answers = [];
  globalThis.ResizeObserver = class {
    readonly observe = () => undefined;
    readonly unobserve = () => undefined;
    readonly disconnect = () => undefined;
  };
  Element.prototype.scrollIntoView = () => undefined;
});

describe('the report page', () => {
  it('shows the numbers that --json prints', () => {
    show(scenes.usual);
    const report = evaluationReport(matrixOf(scenes.usual), scenes.usual.rules);
    expect(tile('Micro F1')).toBe(report.microF1.toFixed(3));
    expect(tile('Macro F1')).toBe(report.macroF1.toFixed(3));
    expect(tile('Precision')).toBe(report.micro.precision.toFixed(3));
    expect(tile('All right')).toBe(report.accuracy.toFixed(3));
    expect(tile('Calibration error')).toBe(report.overall.expectedCalibrationError?.toFixed(3));
    const rows = [...named('Labels').querySelectorAll('tbody tr')].map((row) =>
      [...row.children].map((cell) => cell.textContent),
    );
    expect(rows).toEqual(
      report.perLabel.map((label) => [
        label.label,
        label.precision.toFixed(3),
        label.support === 0 ? '–' : label.recall.toFixed(3),
        label.f1.toFixed(3),
        label.averagePrecision?.toFixed(3) ?? '–',
        String(label.support),
        String(label.predicted),
      ]),
    );
    // The last label is true nowhere.
    expect(report.perLabel.find(({ support }) => support === 0)?.label).toBe('praise');
    const wrong = [...named('Wrong, with the highest scores').querySelectorAll('tbody tr')];
    expect(wrong.map((row) => row.children[2]?.textContent)).toEqual(report.mistakes.wrong.map(({ place }) => place));
  });

  it('moves every figure with the slider, and says them with its value', async () => {
    show(scenes.usual);
    const recall = Number(tile('Recall'));
    const [wrong, missed] = texts('.mistakes h3');
    const marker = document.querySelector('.marker')!.getAttribute('x1');
    await slide(0.8);
    const { micro } = evaluationReport(matrixOf(scenes.usual), { ...scenes.usual.rules, threshold: 0.8 });
    expect(Number(tile('Recall'))).toBeLessThan(recall);
    expect(tile('Recall')).toBe(micro.recall.toFixed(3));
    expect(texts('.mistakes h3')[0]).not.toBe(wrong);
    expect(texts('.mistakes h3')[1]).not.toBe(missed);
    expect(document.querySelector('.marker')!.getAttribute('x1')).not.toBe(marker);
    expect(slider().getAttribute('aria-valuetext')).toBe(
      `.80: precision ${micro.precision.toFixed(3)}, recall ${micro.recall.toFixed(3)}, micro F1 ${micro.f1.toFixed(3)}`,
    );
    await slide(1);
    expect(tile('Precision')).toBe('–');
    all('.controls button')[0]!.click();
    await nextFrame();
    expect(slider().valueAsNumber).toBeCloseTo(0.49, 9);
  });

  it('shows one label where it is picked, and takes the focus there', async () => {
    show(scenes.usual);
    const button = all('.labels button').find(({ textContent }) => textContent === 'sentiment.angry')!;
    button.click();
    await nextFrame();
    expect(document.activeElement).toBe(document.querySelector('h2.picked'));
    expect(document.activeElement?.textContent).toBe('sentiment.angry');
    const labels = new Set([...document.querySelectorAll('.mistakes tbody th')].map((cell) => cell.textContent));
    expect([...labels]).toEqual(['sentiment.angry']);
    const select = document.querySelector<HTMLSelectElement>('#label')!;
    select.value = '5';
    select.dispatchEvent(new Event('change'));
    await nextFrame();
    expect(texts('.charts .note')[0]).toBe('No row has the label: there is no curve.');
  });

  it('keeps the focus in the table of labels while the slider moves', async () => {
    show(scenes.usual);
    const button = all('.labels button')[2]!;
    button.focus();
    await slide(0.3);
    expect(document.activeElement).toBe(all('.labels button')[2]);
    expect(document.activeElement).not.toBe(button);
  });

  it('sorts labels', () => {
    show(scenes.usual);
    const select = document.querySelector<HTMLSelectElement>('#order')!;
    select.value = 'support';
    select.dispatchEvent(new Event('change'));
    const rows = [...named('Labels').querySelectorAll('tbody tr')].map((row) => Number(row.children[5]?.textContent));
    expect(rows).toEqual([...rows].sort((a, b) => b - a));
    expect(new Set(rows).size).toBeGreaterThan(2);
  });

  it('has a name and a table for each chart', () => {
    show(scenes.usual);
    const drawings = [...document.querySelectorAll('svg[role="img"]')];
    expect(drawings).toHaveLength(6);
    for (const drawing of drawings) expect(drawing.getAttribute('aria-label')?.length).toBeGreaterThan(30);
    const details = [...document.querySelectorAll('details')];
    expect(details).toHaveLength(6);
    for (const one of details) {
      expect(one.querySelector('table')).toBeNull();
      one.open = true;
      one.dispatchEvent(new Event('toggle'));
      expect(one.querySelectorAll('tbody tr').length).toBeGreaterThan(3);
    }
  });

  it('opens places in the editor, and names them in a file', () => {
    show(scenes.usual);
    const link = all('.mistakes button')[0]!;
    link.dispatchEvent(new MouseEvent('click', { bubbles: true, ctrlKey: true }));
    const row = scenes.usual.rows.find(({ place }) => place === link.textContent);
    const label = link.closest('tr')?.children[0]?.textContent;
    expect(opened).toEqual([[row?.id, label, true]]);
    expect(scenes.usual.labels).toContain(label);
    show(scenes.usual, false);
    expect(all('.mistakes button')).toEqual([]);
    expect(document.body.textContent).toContain('mail.jsonl, line');
  });

  it('says that there is nothing, and draws no line for it', () => {
    show(scenes.empty);
    expect(texts('.notes li')).toEqual(['There are no rows: nothing can be measured.']);
    expect(texts('.number')).toEqual(['–', '–', '–', '–', '–', '–', '–']);
    expect(document.querySelectorAll('.drawing .line')).toHaveLength(0);
  });

  it('draws the labels of 80 that are confused most, and names all in the table', () => {
    show(scenes.many);
    expect(document.querySelectorAll('.matrix-right')).toHaveLength(25);
    expect(named('Labels').querySelectorAll('tbody tr')).toHaveLength(80);
  });

  it('shows proposed thresholds, and says where they are no better', () => {
    const { proposal } = scenes.usual;
    show({ ...scenes.usual, proposal: { ...proposal!, isBetter: true } });
    const rows = [...named('Proposed thresholds').querySelectorAll('tbody tr')];
    expect(rows.map((row) => row.children[0]?.textContent)).toEqual(proposal!.labels.map(({ label }) => label));
    const [first] = proposal!.labels;
    const { value, low, high } = first!.precision!;
    expect(rows[0]?.children[2]?.textContent).toBe(`${value.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`);
    expect(document.querySelector('.proposal strong')?.textContent).toMatch(/are better than/);
    expect(named('Accepting all tags above a score').querySelectorAll('tbody tr').length).toBeGreaterThan(3);
    show({ ...scenes.usual, proposal: { ...proposal!, isBetter: false } });
    expect(document.querySelector('.proposal strong')?.textContent).toMatch(/keep those/);
    show(scenes.empty);
    expect(document.querySelector('.proposal')).toBeNull();
  });

  it('offers better thresholds of a label set in the editor, and nowhere else', () => {
    const proposal = { ...scenes.usual.proposal!, isBetter: true };
    const data = { ...scenes.usual, proposal, labelSetName: 'work' };
    const choice = () => all('.choice button');
    show(data);
    choice()[0]!.click();
    const decided = proposal.labels.filter(({ method }) => method !== 'set');
    expect(chosen).toEqual([{ labels: decided.map(({ label, threshold }) => ({ label, threshold })) }]);
    const message = { type: 'useThresholds', thresholds: chosen[0] };
    expect(parseFromReport(structuredClone(message))).toEqual(message);
    show({ ...data, proposal: { ...proposal, now: { ...proposal.now, f1: 0 } } });
    choice()[1]!.click();
    expect(chosen[1]).toEqual({ set: proposal.set.threshold });
    for (const other of [
      { ...data, labelSetName: null },
      { ...data, proposal: { ...proposal, isBetter: false } },
    ]) {
      show(other);
      expect(choice()).toEqual([]);
    }
    show(data, false);
    expect(choice()).toEqual([]);
  });

  it('makes the proposal itself where it was not given one', async () => {
    show(scenes.usual);
    const given = document.querySelector('.proposal')!.textContent;
    const others = Object.entries(scenes.usual).filter(([name]) => name !== 'proposal');
    show(Object.fromEntries(others) as unknown as ReportData);
    expect(document.querySelector('.proposal')).toBeNull();
    await expect.poll(() => document.querySelector('.proposal')?.textContent).toBe(given);
  });

  it('names labels that keep their thresholds', () => {
    const rules = { ...scenes.usual.rules, labels: [{ name: 'praise', path: ['praise'], threshold: 0.9 }] };
    show({ ...scenes.usual, rules });
    expect(texts('.notes li')).toEqual(['These labels keep their own thresholds: praise.']);
  });
});

describe('a trained model beside the one from before', () => {
  const rows = () =>
    [...named('Before and after training').querySelectorAll('tbody tr')].map((row) =>
      [...row.children].map((cell) => cell.textContent),
    );
  const comparison = () => document.querySelector('.comparison')!;
  const buttons = () => all('.question button');

  it('has the figures of both, at the threshold of the slider', async () => {
    const { trained: data } = scenes;
    const { matrix, earlier } = scoresOf(data)!;
    const expected = (threshold: number) => {
      const of = (one: ScoreMatrix) => evaluationReport(one, { ...data.rules, threshold }).microF1;
      const [before, after] = [of(earlier!), of(matrix)];
      const change = after - before;
      return [before.toFixed(3), after.toFixed(3), `${change > 0 ? '+' : '−'}${Math.abs(change).toFixed(3)}`];
    };
    show(data);
    expect(rows()[0]?.slice(1)).toEqual(expected(0.5));
    await slide(0.75);
    expect(rows()[0]?.slice(1)).toEqual(expected(0.75));
    expect(expected(0.5)).not.toEqual(expected(0.75));
    show(scenes.usual);
    expect(document.querySelector('.comparison')).toBeNull();
  });

  it('says how little a difference on few documents means', () => {
    show(scenes.trained);
    expect(comparison().querySelector('strong')?.textContent).toBe('The new model is better on these texts.');
    show(scenes.trainedOnFew);
    expect(comparison().querySelector('strong')?.textContent).toMatch(/too few changes/);
    expect(comparison().textContent).toContain('9');
    const same = { ...scenes.trained, earlier: { ...scenes.trained.earlier!, scores: scenes.trained.scores } };
    show(same);
    expect(comparison().querySelector('strong')?.textContent).toBe('They give the same answers.');
    expect(rows().map((row) => row[3])).toEqual(rows().map(() => '±0.000'));
  });

  it('asks whether to use it, and says how to go back', () => {
    const page = show(scenes.trained);
    expect(buttons().map(({ textContent }) => textContent)).toEqual(['Use the New Model', 'Keep the Model in Use']);
    buttons()[1]!.click();
    buttons()[0]!.click();
    expect(answers).toEqual([false, true]);
    // Nothing is said to have happened before the host says so.
    expect(buttons()).toHaveLength(2);
    page.sayTrainedInUse(true);
    expect(comparison().textContent).toContain('“support mail” uses support mail 2026-03-04 from now on');
    expect(buttons().map(({ textContent }) => textContent)).toEqual(['Go Back to glitag-small-en']);
    buttons()[0]!.click();
    page.sayTrainedInUse(false);
    expect(answers).toEqual([false, true, false]);
    expect(buttons().map(({ textContent }) => textContent)).toEqual(['Use the New Model']);
    show(scenes.trained, false);
    expect(buttons()).toEqual([]);
  });

  it('comes and answers in messages of one shape', () => {
    expect(parseToReport({ type: 'report', data: scenes.trained })).not.toBeNull();
    expect(parseToReport({ type: 'trainedInUse', inUse: true })).not.toBeNull();
    expect(parseFromReport({ type: 'useTrained', use: false })).toEqual({ type: 'useTrained', use: false });
    expect(parseToReport({ type: 'trainedInUse', inUse: 1 })).toBeNull();
    expect(parseReportData({ ...scenes.trained, earlier: { model: 'x' } })).toBeNull();
    expect(parseFromReport({ type: 'useTrained', use: 'yes' })).toBeNull();
    expect(scoresOf({ ...scenes.trained, earlier: { ...scenes.trained.earlier!, scores: 'AACAPw==' } })).toBeNull();
  });
});

describe('hostile text', () => {
  const hostile = {
    ...scene({ labels: [`topic.${markup}`, 'a\u202Eb', 'L'.repeat(5000)], rows: 12, excerpt: markup }),
    title: markup,
    labelSetName: markup,
    notes: [markup],
  };

  it('stays text on the page', () => {
    show(hostile);
    for (const one of document.querySelectorAll('details')) {
      one.open = true;
      one.dispatchEvent(new Event('toggle'));
    }
    expect(document.querySelectorAll('img, script')).toHaveLength(0);
    expect(document.body.textContent).toContain('[U+202E]');
    expect('hacked' in globalThis).toBe(false);
  });

  it('cannot end the data of a file', () => {
    const html = reportHtml(hostile, {
      script: 'globalThis.ran = true;\n//# sourceMappingURL=report.js.map\n',
      style: 'p{}',
    });
    const { window } = new JSDOM(html, { runScripts: 'dangerously' });
    expect('ran' in window).toBe(true);
    expect('hacked' in window).toBe(false);
    expect(window.document.querySelectorAll('script')).toHaveLength(2);
    expect(window.document.title).toBe(`Evaluation of ${markup}`);
    expect(html).not.toContain('sourceMappingURL');
    const data: unknown = JSON.parse(window.document.getElementById('report-data')!.textContent);
    expect(parseReportData(data)).toEqual(hostile);
  });

  it('cannot be message or data', () => {
    expect(parseToReport({ type: 'report', data: scenes.usual })).toEqual({ type: 'report', data: scenes.usual });
    for (const wrong of [null, 'x', {}, { ...scenes.usual, rules: { mode: 'other' } }, { ...scenes.usual, rows: [1] }])
      expect([parseReportData(wrong), parseToReport({ type: 'report', data: wrong })]).toEqual([null, null]);
    expect(decodeScores('%', 1)).toBeNull();
    expect(decodeScores('AACAPw==', 1)).toEqual(Float32Array.of(1));
    expect(decodeScores('AACAPw==', 2)).toBeNull();
    const open = { type: 'open', id: '1', label: 'a', toSide: false };
    expect(parseFromReport(structuredClone(open))).toEqual(open);
    for (const wrong of [null, { ...open, id: 1 }, { ...open, label: '' }, { type: 'ready', more: 1 }, { type: 'run' }])
      expect(parseFromReport(wrong)).toBeNull();
  });
});
