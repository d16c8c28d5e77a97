// The windows in which the suites run: one entry is one VS Code, with the tests of the folder of the same name.

export interface SuiteDefinition {
  /** Folder of test/vscode that holds the *.test.ts files. */
  readonly name: string;
  /** Below test/vscode/fixtures; null for a window without a folder. */
  readonly workspace: string | null;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Suites with the same word share one profile: a later window finds what an earlier one stored. */
  readonly profile?: string;
  /** Folders of other extensions that run beside GLiTag, in the repository. */
  readonly besides?: readonly string[];
}

/** Labels that the embedded model tells apart without doubt in the fixtures. */
export const labelSets = {
  work: {
    labels: { topic: ['hiring', 'security vulnerability', 'billing and invoices'], tone: ['grateful'] },
    exclusive: ['topic'],
    threshold: 0.5,
  },
  mood: { labels: ['positive', 'neutral', 'negative'], mode: 'single-label' },
};

/** Tests of learning switch it on: elsewhere a decision must not move the scores of other documents. */
const settings = { 'glitag.labelSets': labelSets, 'glitag.activeLabelSet': 'work', 'glitag.learn': false };

export const suites: readonly SuiteDefinition[] = [
  { name: 'folder', workspace: 'folder', settings },
  { name: 'view', workspace: 'folder', settings },
  { name: 'api', workspace: 'folder', settings, besides: ['examples/extension'] },
  { name: 'training', workspace: 'folder', settings },
  { name: 'noFolder', workspace: null, settings },
  { name: 'multiRoot', workspace: 'multi.code-workspace', settings },
  { name: 'indexFirst', workspace: 'folder', settings, profile: 'index' },
  { name: 'indexAgain', workspace: 'folder', settings, profile: 'index' },
  { name: 'reviewFirst', workspace: 'folder', settings, profile: 'review' },
  { name: 'reviewAgain', workspace: 'folder', settings, profile: 'review' },
  { name: 'learnAgain', workspace: 'folder', settings: { ...settings, 'glitag.learn': true }, profile: 'review' },
];
