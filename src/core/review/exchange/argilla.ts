// Rows of Argilla's JSON exports.
//
// - 2.x, `dataset.records.to_json`: {id, fields: {text}, responses: {question: [{value, user_id}]}, suggestions: {question: {value, …}}}
//   (argilla-io/argilla, argilla/src/argilla/records/_resource.py, Record.to_dict).
// - 1.x feedback datasets: {fields: {text}, responses: [{values: {question: {value}}, status}], suggestions: [{question_name, value}]}
//   (docs/_source/practical_guides/create_update_dataset/suggestions_and_responses.md).
// - 1.x text classification: {text | inputs: {text}, annotation: label | [label], prediction: [[label, score]] | [{label, score}], status}
//   (same page, "Other datasets").
import { isRecord } from '../../values';
import { RowRefused, labelsOf, majority, onlyText } from './importedRow';
import type { ImportedLabel, ImportedRow } from './importedRow';

type Fields = Readonly<Record<string, unknown>>;
type Read = Omit<ImportedRow, 'position'>;

export function isArgilla(row: Fields): boolean {
  return isFeedback(row) || 'annotation' in row;
}

/** Throws RowRefused. */
export function readArgilla(row: Fields): Read {
  return isFeedback(row) ? readFeedback(row) : readClassification(row);
}

function isFeedback(row: Fields): boolean {
  return isRecord(row['fields']) && 'responses' in row;
}

function readFeedback({ fields, responses, suggestions }: Fields): Read {
  const answers = Array.isArray(responses) ? answersOfUsers(responses) : answersToQuestions(responses);
  return { text: onlyText(fields), ...majority(answers, proposed(suggestions)) };
}

/** 1.x: one object a user. */
function answersOfUsers(responses: readonly unknown[]): ImportedLabel[][] {
  return responses.filter(isRecord).flatMap((response) => {
    const { values, status = 'submitted' } = response;
    if (status !== 'submitted' || !isRecord(values)) return [];
    return [Object.entries(values).flatMap(([question, answer]) => answerOf(answer, question))];
  });
}

/** 2.x: a list of users' answers a question. */
function answersToQuestions(responses: unknown): ImportedLabel[][] {
  if (!isRecord(responses)) return [];
  const byUser = new Map<unknown, ImportedLabel[]>();
  for (const [question, answers] of Object.entries(responses)) {
    for (const answer of Array.isArray(answers) ? answers.filter(isRecord) : []) {
      if ((answer['status'] ?? 'submitted') !== 'submitted') continue;
      const user = answer['user_id'];
      byUser.set(user, [...(byUser.get(user) ?? []), ...answerOf(answer, question)]);
    }
  }
  return [...byUser.values()];
}

function proposed(suggestions: unknown): ImportedLabel[] {
  const pairs: readonly (readonly [unknown, unknown])[] = Array.isArray(suggestions)
    ? suggestions.filter(isRecord).map((suggestion) => [suggestion['question_name'], suggestion])
    : Object.entries(isRecord(suggestions) ? suggestions : {});
  return pairs.flatMap(([question, suggestion]) =>
    typeof question === 'string' ? answerOf(suggestion, question) : [],
  );
}

/** Ratings are numbers and say nothing of labels. */
function answerOf(answer: unknown, question: string): ImportedLabel[] {
  const value = isRecord(answer) ? answer['value'] : undefined;
  return value === undefined || value === null || typeof value === 'number' ? [] : labelsOf(value, question);
}

function readClassification({ text, inputs, annotation, prediction, status }: Fields): Read {
  if (status === 'Discarded') throw new RowRefused('was discarded');
  const answers = annotation === null || annotation === undefined ? [] : [labelsOf(annotation, null)];
  const predicted = (Array.isArray(prediction) ? (prediction as unknown[]) : []).flatMap((one) => {
    const label: unknown = Array.isArray(one) ? one[0] : isRecord(one) ? one['label'] : undefined;
    return typeof label === 'string' ? [{ name: label, question: null }] : [];
  });
  return { text: typeof text === 'string' ? text : onlyText(inputs), ...majority(answers, predicted) };
}
