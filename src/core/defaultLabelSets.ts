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

/** What unrelated labels rarely reach with the embedded model. */
export const defaultThreshold = 0.6;

/**
 * Labels and threshold were chosen with the embedded model on 58 documents judged by eye: the 38 of samples/workspace and 20
 * short texts written for this, from a lease to a weather report, and the first version of its weights. With the second, 34 tags of the 38
 * samples are right, 18 fair, 11 wrong and 3 missing (`npm run bench -- demoTags`). What was tried and why it is not here:
 * - What a document is by its form ("log file", "source code", "meeting minutes", "email", …): the best of eleven was right for
 *   12 of 38 documents, with descriptions for at most 20. `type` keeps those that show in what a text says.
 * - 0.5 as threshold: two more tags right and 9 more wrong.
 * - "tone" instead of "sentiment" (clear reviews score .77 instead of .92), and "neutral", which is no more than the lack of both.
 */
const documents: LabelSetEntry = {
  labels: {
    topic: [
      'security',
      'privacy',
      'performance',
      'outage',
      'database',
      'testing',
      'accessibility',
      'planning',
      'hiring',
      'billing',
      'legal',
      'customer service',
    ],
    type: ['bug report', 'feature request', 'release notes', 'contract', 'complaint', 'thanks'],
    sentiment: ['positive', 'negative'],
  },
  mode: 'multi-label',
  threshold: defaultThreshold,
  exclusive: ['type', 'sentiment'],
};

export const defaultLabelSets: Readonly<Record<string, LabelSetEntry>> = { documents };

/** Offered in the settings editor, by what the snippet is called. */
export const snippetLabelSets: Readonly<Record<string, LabelSetEntry>> = {
  topics: {
    labels: ['security', 'performance', 'planning', 'hiring', 'billing', 'legal'],
    threshold: defaultThreshold,
  },
  sentiment: { labels: ['positive', 'neutral', 'negative'], mode: 'single-label' },
  documents,
  'support tickets': {
    labels: {
      request: ['refund', 'invoice question', 'password reset', 'bug report', 'feature request', 'cancellation'],
      sentiment: ['angry', 'grateful'],
    },
    threshold: defaultThreshold,
    exclusive: ['sentiment'],
  },
  issues: {
    labels: {
      type: ['bug report', 'feature request', 'question', 'documentation'],
      area: ['user interface', 'performance', 'security', 'accessibility', 'installation', 'testing'],
    },
    threshold: defaultThreshold,
    exclusive: ['type'],
  },
};

/** What each is for, in a few words. */
export const snippetDescriptions: Readonly<Record<string, string>> = {
  topics: 'What a text is about',
  sentiment: 'Positive, neutral or negative',
  documents: 'Topic, type and sentiment of the documents of a project',
  'support tickets': 'What customers ask for, and how they feel',
  issues: 'Type and area of issues',
};
