// The JSON schema of `glitag.labelSets`. The manifest repeats it (a test compares them), so it is plain data.
//
// The settings editor resolves no `$ref` inside a contributed setting, so nesting is written out to a fixed depth; deeper labels
// are allowed but not checked here. `parseLabelSets` is the judge; the schema helps while writing.
import { embeddedName, findingLevels } from './labelSet';
import { defaultLabelSets, snippetDescriptions, snippetLabelSets } from './defaultLabelSets';

type Schema = Readonly<Record<string, unknown>>;

const threshold = {
  type: 'number',
  minimum: 0,
  maximum: 1,
};

const description = {
  type: 'string',
  minLength: 1,
  markdownDescription: 'Says in words when the label fits. The model reads it together with the name.',
};

const labelThreshold = {
  ...threshold,
  markdownDescription: 'Lowest score with which this label becomes a tag, instead of the threshold of the set.',
};

const finding = {
  enum: [true, false, ...findingLevels],
  markdownDescription:
    'Texts with this label are reported by `glitag tag --format sarif`, and can fail a pipeline; `true` is `warning`.',
};

const namedLabel = {
  type: 'object',
  required: ['name'],
  additionalProperties: false,
  properties: {
    name: { type: 'string', minLength: 1, markdownDescription: 'The label.' },
    description,
    threshold: labelThreshold,
    finding,
  },
};

const leaf = {
  type: 'object',
  minProperties: 1,
  additionalProperties: false,
  properties: { description, threshold: labelThreshold, finding },
};

/** Levels of nesting that the editor checks. */
const checkedDepth = 4;

/** What may stand under a name, `depth` more levels checked. */
function labelTree(depth: number): Schema {
  const text = { type: 'string', minLength: 1 };
  const list = {
    type: 'array',
    minItems: 1,
    items: { anyOf: [text, namedLabel, { type: 'object', not: { required: ['name'] } }, { type: 'array' }] },
  };
  const children = depth === 0 ? {} : labelTree(depth - 1);
  // With a plain value these keys make a leaf; as names of labels they have a list or an object.
  const branch = { type: ['object', 'array'] };
  const nested = {
    type: 'object',
    minProperties: 1,
    properties: { description: branch, threshold: branch, finding: branch },
    additionalProperties: children,
  };
  return { anyOf: [text, list, leaf, nested] };
}

/** A list of text, or one text. */
function texts(markdownDescription: string): Schema {
  const item = { type: 'string', minLength: 1 };
  return { anyOf: [item, { type: 'array', items: item }], markdownDescription };
}

const labelSet = {
  type: 'object',
  required: ['labels'],
  additionalProperties: false,
  properties: {
    labels: {
      ...labelTree(checkedDepth),
      markdownDescription: [
        'The labels: a list, or names with labels under them, to any depth. A label under names is called by all of them: `topic.planning`.',
        'A label can be `{"description": "…", "threshold": 0.6}` under its name, or `{"name": "…", "description": "…"}` in a list.',
      ].join('\n\n'),
    },
    mode: {
      enum: ['multi-label', 'single-label'],
      default: 'multi-label',
      markdownEnumDescriptions: [
        'Each label is judged by itself; a document gets any number of tags, or none.',
        'The labels compete; a document gets the best one.',
      ],
      markdownDescription: 'How many labels fit one document.',
    },
    threshold: {
      ...threshold,
      markdownDescription:
        'Lowest score with which a label becomes a tag. Where absent: 0.5 for multi-label; for single-label 0, so that the best label always counts.',
    },
    exclusive: texts(
      'Names of parents whose children exclude each other: of the labels under `sentiment`, only the best becomes a tag. Deeper ones in full: `topic.mood`.',
    ),
    prompt: {
      type: 'string',
      markdownDescription:
        'Task description that the model reads with every document, for example `Classify the support request:`.',
    },
    model: {
      type: 'string',
      minLength: 1,
      examples: [embeddedName],
      markdownDescription:
        'Name of the model that reads for this set: `embedded`, one of `#glitag.models#`, or an installed one. Where absent, `#glitag.model.path#` counts.',
    },
    examples: {
      type: 'array',
      markdownDescription: 'Texts with the labels they should get; they show the model what you mean.',
      items: {
        type: 'object',
        required: ['text', 'labels'],
        additionalProperties: false,
        properties: {
          text: { type: 'string', minLength: 1, markdownDescription: 'The example text.' },
          labels: texts('Full names of labels of this set, for example `topic.planning`.'),
        },
        defaultSnippets: [{ label: 'example', body: { text: '$1', labels: ['$2'] } }],
      },
    },
    exampleForm: {
      enum: ['few-shot', 'retrieved'],
      default: 'few-shot',
      markdownEnumDescriptions: [
        'A block of examples with the labels that fit.',
        'Examples behind the text, with labels that fit and labels that do not: for models trained for retrieval-augmented classification (RAC), which do not say so themselves.',
      ],
      markdownDescription:
        'How your own model reads examples, also those that your decisions become. Without effect on the embedded model.',
    },
    include: texts(
      'Globs of the files that a workspace run takes, relative to the workspace folder. Where absent, `#glitag.include#` counts.',
    ),
    exclude: texts('Globs of files that a workspace run leaves out, besides `#glitag.exclude#`.'),
  },
};

/** The schema of the setting; scope and order are the manifest's own. */
export const labelSetSchema: Schema = {
  type: 'object',
  default: defaultLabelSets,
  additionalProperties: {
    ...labelSet,
    defaultSnippets: Object.entries(snippetLabelSets).map(([name, body]) => ({
      label: name,
      description: snippetDescriptions[name],
      body,
    })),
  },
  defaultSnippets: Object.entries(snippetLabelSets).map(([name, body]) => ({
    label: name,
    description: snippetDescriptions[name],
    body: { [`\${1:${name}}`]: body },
  })),
  markdownDescription: [
    'Your label sets, by name. `#glitag.activeLabelSet#` chooses the one to tag with.',
    'Your own sets replace the built-in one.',
  ].join(' '),
  // For completion within the braces, where only names of properties are offered. Apart from the schema above: a set of such a name
  // would not be checked as the others are.
  allOf: [
    {
      properties: Object.fromEntries(
        Object.entries(snippetLabelSets).map(([name, body]) => [
          name,
          { description: snippetDescriptions[name], defaultSnippets: [{ body }] },
        ]),
      ),
    },
  ],
};
