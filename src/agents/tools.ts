// The tools: what each is called, says of itself, takes, and does.
import * as v from 'valibot';
import type { CancelSignal } from '../shared/classifier';
import { AppError } from '../shared/errors';
import { answerText, type Answer, type TokenBudget } from './answer';
import type { AgentSource } from './agentSource';
import { classifyInput, findByTagInput, findPassagesInput, labelSetsInput } from './inputs';
import { defaultResults } from './limits';
import { cutScore, shortDocument, shortScore, shortSet, shortTags, shortText } from './shorten';
import type { ToolName } from './toolNames';

export interface AgentTool {
  readonly title: string;
  /** For the model that chooses among tools. */
  readonly description: string;
  readonly input: v.GenericSchema;
  /** Throws AppError. */
  readonly run: (input: unknown, source: AgentSource, signal: CancelSignal) => Promise<Answer>;
}

export interface RunOptions {
  readonly signal: CancelSignal;
  readonly budget?: TokenBudget;
}

export const tools: Readonly<Record<ToolName, AgentTool>> = {
  glitag_classify: tool(
    'Classify Text',
    'Says which labels fit a text, or a document of the workspace, with a probability for each label. The labels are those of a ' +
      "label set of the user, or any that you name. A small model on the user's machine does it: fast, offline, the same answer each time. " +
      'Use it to sort, route or filter texts by topic, intent, sentiment or kind rather than judging each yourself.',
    classifyInput,
    async (input, source, signal) => {
      if ((input.text === undefined) === (input.path === undefined))
        throw new AppError('input-invalid', 'Give either “text” or “path”.');
      if (input.labels !== undefined && input.labelSet !== undefined)
        throw new AppError('input-invalid', 'Give either “labels” or “labelSet”, not both.');
      const { labelSet, model, tags, scores } = await source.classify(given(input), signal);
      return { head: { labelSet, model, ...shortTags(tags) }, results: scores.map(shortScore) };
    },
  ),
  glitag_find_by_tag: tool(
    'Find Documents by Tag',
    'Finds documents of the workspace by the tags that GLiTag gave them, best first, with the place in each document that earned the ' +
      'tag (line and UTF-16 offsets). Use it for questions such as “which documents are contracts” or “bug reports that are urgent”. ' +
      'It reads what is tagged already and starts no tagging.',
    findByTagInput,
    async ({ limit = defaultResults, ...input }, source, signal) => {
      const { labelSet, total, documents } = await source.findByTag({ ...given(input), limit }, signal);
      return { head: { labelSet, total }, results: documents.map(shortDocument) };
    },
  ),
  glitag_find_passages: tool(
    'Find Passages',
    'Finds the passages of the workspace that answer a question or are about a phrase, by meaning rather than by words, best first, ' +
      'with path, lines and UTF-16 offsets. It looks at documents that GLiTag has tagged. Use it before reading whole files.',
    findPassagesInput,
    async ({ limit = defaultResults, ...input }, source, signal) => {
      const passages = await source.findPassages({ ...given(input), limit }, signal);
      const results = passages.map(({ text, score, ...place }) => ({
        ...place,
        score: cutScore(score),
        text: shortText(text),
      }));
      return { head: {}, results };
    },
  ),
  glitag_label_sets: tool(
    'List Label Sets',
    'Lists the label sets of the user with their labels, and says which one is in use. Use it to learn which tags can be searched for.',
    labelSetsInput,
    async (_, source) => ({ head: {}, results: (await source.labelSets()).map(shortSet) }),
  ),
};

/** The answer in the agent's words. Throws AppError with one sentence that says what to change. */
export async function runTool(
  name: ToolName,
  input: unknown,
  source: AgentSource,
  { signal, budget }: RunOptions,
): Promise<string> {
  const answer = await tools[name].run(input, source, signal);
  if (signal.aborted) throw new AppError('cancelled', 'The call was cancelled.');
  return answerText(answer, budget);
}

function tool<const S extends v.GenericSchema>(
  title: string,
  description: string,
  schema: S,
  run: (input: v.InferOutput<S>, source: AgentSource, signal: CancelSignal) => Promise<Answer>,
): AgentTool {
  return {
    title,
    description,
    input: schema,
    run: (input, source, signal) => run(checked(schema, input), source, signal),
  };
}

function checked<S extends v.GenericSchema>(schema: S, input: unknown): v.InferOutput<S> {
  const result = v.safeParse(schema, input ?? {}, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  const place = v.getDotPath(issue);
  throw new AppError('input-invalid', `${place === null ? 'The input' : `“${place}”`} is wrong: ${issue.message}.`);
}

/** Without fields that are undefined, which valibot allows and our types do not. */
type Given<T> = { [K in keyof T]: Exclude<T[K], undefined> };
function given<T extends object>(input: T): Given<T> {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as Given<T>;
}
