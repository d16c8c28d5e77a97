// The built-in label set, with which a new user sees tags at once, and sets that the settings editor offers as snippets.
//
// The manifest repeats `defaultLabelSets` as the default of `glitag.labelSets` (a test compares them). VS Code merges an object
// setting with its default key by key, so a user's own sets would come beside the built-in one for ever: the reader of the
// setting takes the user's value alone (`inspect()`) and the default only where there is none.

/** The shape of one entry of `glitag.labelSets` as far as it is used here; `parseLabelSets` reads all of it. */
export interface LabelSetEntry {
  readonly labels: Readonly<Record<string, readonly string[]>> | readonly string[];
  readonly mode?: 'multi-label' | 'single-label';
  readonly threshold?: number;
  readonly exclusive?: readonly string[];
}

export const defaultLabelSetName = 'documents';

export const defaultLabelSets: Readonly<Record<string, LabelSetEntry>> = {
  documents: {
    labels: {
      kind: [
        'issue report',
        'meeting minutes',
        'documentation',
        'source code',
        'log file',
        'customer review',
        'contract',
        'email',
        'support request',
        'changelog',
      ],
      topic: ['security', 'performance', 'planning', 'hiring', 'billing', 'accessibility', 'database', 'legal'],
      tone: ['positive', 'neutral', 'negative'],
    },
    mode: 'multi-label',
    threshold: 0.5,
    exclusive: ['kind', 'tone'],
  },
};

/** Offered in the settings editor, by what the snippet is called. */
export const snippetLabelSets: Readonly<Record<string, LabelSetEntry>> = {
  topics: { labels: ['security', 'performance', 'planning', 'hiring', 'billing', 'legal'], threshold: 0.5 },
  sentiment: { labels: ['positive', 'neutral', 'negative'], mode: 'single-label' },
  documents: defaultLabelSets['documents'] ?? { labels: [] },
  'support tickets': {
    labels: {
      request: ['refund', 'invoice question', 'password reset', 'bug report', 'feature request', 'cancellation'],
      mood: ['angry', 'calm', 'grateful'],
    },
    threshold: 0.5,
    exclusive: ['mood'],
  },
  issues: {
    labels: {
      type: ['bug', 'feature request', 'question', 'documentation'],
      area: ['user interface', 'performance', 'security', 'accessibility', 'build', 'tests'],
    },
    threshold: 0.5,
    exclusive: ['type'],
  },
};
