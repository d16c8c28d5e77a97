// The report: what is moved at its top changes every figure below, computed here from the scores that came with the page.
import { compareModels } from '../../src/core/evaluation/comparison';
import { bestThreshold } from '../../src/core/evaluation/bestThreshold';
import { proposeThresholds } from '../../src/core/evaluation/calibrate/proposal';
import type { ThresholdProposal } from '../../src/core/evaluation/calibrate/proposal';
import { confusion } from '../../src/core/evaluation/confusion';
import { curvesOf } from '../../src/core/evaluation/evaluationReport';
import type { Curves } from '../../src/core/evaluation/evaluationReport';
import { figuresOf, thresholdSweep } from '../../src/core/evaluation/figures';
import { worstMistakes } from '../../src/core/evaluation/mistakes';
import { predict } from '../../src/core/evaluation/predict';
import { pairsOf } from '../../src/core/evaluation/scoreMatrix';
import type { ScoreMatrix } from '../../src/core/evaluation/scoreMatrix';
import { counted } from '../../src/core/countText';
import type { ChosenThresholds, ReportData } from '../../src/shared/reportData';
import { element, foreign } from '../tags/dom';
import { ComparisonSection } from './comparisonSection';
import { ConfusionFigure } from './confusionFigure';
import { Controls } from './controls';
import { CurveCharts } from './curveCharts';
import { figureText } from './dataTable';
import { LabelTable } from './labelTable';
import { MistakeTables } from './mistakeTables';
import { Overview } from './overview';
import { proposalSection } from './proposalSection';
import { LearningChart, SweepChart } from './trendCharts';

export type ReportPageData = Omit<ReportData, 'scores'>;

/** The scores in the report, as numbers. */
export interface ReportScores {
  readonly matrix: ScoreMatrix;
  /** Of the model that this one was trained from; null where nothing is compared. */
  readonly earlier: ScoreMatrix | null;
}

export interface ReportHost {
  /** Opens a row's place, where its text speaks of the label. */
  readonly open: (id: string, label: string, toSide: boolean) => void;
  readonly useThresholds: (thresholds: ChosenThresholds) => void;
  /** Whether the label set is to use the trained model. */
  readonly useTrained: (use: boolean) => void;
}

export class ReportPage {
  readonly element = element('main', 'report');
  private readonly controls: Controls;
  private readonly overview = new Overview();
  private readonly sweepChart = new SweepChart();
  private readonly labelTable = new LabelTable();
  private readonly picked = element('h2', 'picked');
  private readonly curveCharts = new CurveCharts();
  private readonly confusionFigure = new ConfusionFigure();
  private readonly mistakes: MistakeTables;
  private readonly proposal = element('div');
  private readonly sweep;
  private readonly curves = new Map<number | null, Curves>();
  private readonly matrix: ScoreMatrix;
  /** Of each label, by its name. */
  private readonly numbers: ReadonlyMap<string, number>;
  private readonly comparison: ComparisonSection | null;
  private readonly earlier: { readonly matrix: ScoreMatrix; readonly curves: Curves } | null;
  private frame = 0;

  /** `host`: what the editor does; null in a file, where nothing can be opened and written. */
  constructor(
    private readonly data: ReportPageData,
    { matrix, earlier }: ReportScores,
    private readonly host: ReportHost | null,
  ) {
    this.matrix = matrix;
    this.numbers = new Map(matrix.labels.map((label, at) => [label, at]));
    this.earlier = earlier && { matrix: earlier, curves: curvesOf(earlier, null) };
    this.comparison = this.comparisonOf();
    const { scores, relevant, missed } = pairsOf(matrix, null);
    const best = bestThreshold(scores, relevant, missed);
    this.controls = new Controls(data.rules.threshold, best?.threshold ?? null, matrix.labels);
    this.mistakes = new MistakeTables(host?.open ?? null);
    // Lines along the bottom would say that something was measured.
    this.sweep = matrix.rows.length === 0 ? [] : thresholdSweep(matrix, data.rules);
    this.controls.onChange = () => {
      this.frame ||= requestAnimationFrame(() => {
        this.frame = 0;
        this.update();
      });
    };
    this.labelTable.onPick = (label) => {
      this.controls.setLabel(label);
      this.picked.scrollIntoView({ block: 'nearest' });
      this.picked.focus();
    };
    this.picked.tabIndex = -1;
    this.element.append(
      this.head(),
      this.controls.element,
      ...(this.comparison ? [this.comparison.element] : []),
      element('section', '', element('h2', '', 'Overall'), this.overview.element, this.sweepChart.element),
      this.labelTable.element,
      element('section', '', this.picked, this.curveCharts.element, this.mistakes.element),
      element('section', '', element('h2', '', 'Confusions'), this.confusionFigure.element),
      this.proposal,
      ...this.learning(),
    );
    this.update();
    this.propose();
  }

  /** Which model the label set uses now. */
  sayTrainedInUse(inUse: boolean): void {
    this.comparison?.ask(inUse);
  }

  private comparisonOf(): ComparisonSection | null {
    const { earlier, labelSetName, model } = this.data;
    if (!earlier) return null;
    const section = new ComparisonSection(
      { trained: model, earlier: earlier.model, labelSetName },
      this.host?.useTrained ?? null,
    );
    section.ask(earlier.trainedInUse);
    return section;
  }

  private propose(): void {
    const { proposal, rules } = this.data;
    if (proposal) this.showProposal(proposal);
    if (proposal !== undefined) return;
    // After everything else was painted: with many labels it takes a second or two.
    setTimeout(() => {
      const made = proposeThresholds(this.matrix, rules);
      if (made) this.showProposal(made);
    }, 100);
  }

  private showProposal(proposal: ThresholdProposal): void {
    // Rows that bring their own labels are of no label set.
    const use = this.data.labelSetName === null ? null : (this.host?.useThresholds ?? null);
    this.proposal.replaceChildren(proposalSection(proposal, use));
  }

  private update(): void {
    const { matrix, controls } = this;
    const rules = { ...this.data.rules, threshold: controls.threshold };
    const predictions = predict(matrix, rules);
    const metrics = figuresOf(matrix, predictions);
    const { micro } = metrics;
    controls.sayThreshold(
      `precision ${figureText(micro.precision)}, recall ${figureText(micro.recall)}, micro F1 ${figureText(micro.f1)}`,
    );
    const overall = { metrics, ...this.curvesFor(null) };
    this.overview.show(overall);
    if (this.earlier) {
      const { matrix: before, curves } = this.earlier;
      const given = predict(before, rules);
      const was = { metrics: figuresOf(before, given), ...curves };
      this.comparison?.show(compareModels(matrix, given, predictions), was, overall);
    }
    this.sweepChart.showSweep(this.sweep, controls.threshold);
    this.labelTable.show(
      metrics.perLabel.map((row) => {
        const number = this.numbers.get(row.label) ?? 0;
        return { ...row, number, averagePrecision: this.curvesFor(number).averagePrecision };
      }),
    );
    const { label } = controls;
    const name = label === null ? 'All labels' : (matrix.labels[label] ?? '');
    const own = label === null ? micro : metrics.perLabel.find((one) => one.label === name);
    const isGiven = predictions.some((given) => (label === null ? given.length > 0 : given.includes(label)));
    const curves = this.curvesFor(label);
    this.picked.replaceChildren(foreign(name));
    this.curveCharts.show(
      label === null ? 'all labels' : name,
      curves,
      own && isGiven && curves.precisionRecall.length > 0 ? [own.recall, own.precision] : null,
    );
    this.mistakes.show(worstMistakes(matrix, predictions, label), matrix);
    this.confusionFigure.showCells(confusion(matrix, predictions), matrix.labels, rules.mode === 'single-label');
  }

  private curvesFor(label: number | null): Curves {
    const known = this.curves.get(label) ?? curvesOf(this.matrix, label);
    this.curves.set(label, known);
    return known;
  }

  private head(): HTMLElement {
    const { title, model, labelSetName, rules, rows, labels, notes } = this.data;
    const facts = [
      counted(rows.length, 'row'),
      counted(labels.length, 'label'),
      rules.mode,
      ...(labelSetName === null ? [] : [`label set “${labelSetName}”`]),
      `model ${model}`,
    ];
    const remarks = [...notes, ...this.remarks()].map((note) => element('li', '', foreign(note, '', 1000)));
    const head = element(
      'header',
      '',
      element('h1', '', 'Evaluation of ', foreign(title)),
      foreign(facts.join(' · '), 'muted', 1000),
    );
    if (remarks.length > 0) head.append(element('ul', 'notes', ...remarks));
    return head;
  }

  private remarks(): string[] {
    const { rules, rows } = this.data;
    const own = rules.labels.filter(({ threshold }) => threshold !== undefined).map(({ name }) => name);
    const remarks = [];
    if (rows.length === 0) remarks.push('There are no rows: nothing can be measured.');
    if (rules.mode === 'single-label')
      remarks.push('Each row is given its best label, or none where that is below the threshold.');
    if (own.length > 0) remarks.push(`These labels keep their own thresholds: ${own.join(', ')}.`);
    return remarks;
  }

  private learning(): HTMLElement[] {
    if (this.data.learning.length === 0) return [];
    const chart = new LearningChart();
    chart.showLearning(this.data.learning);
    return [element('section', '', element('h2', '', 'Learning'), chart.element)];
  }
}
